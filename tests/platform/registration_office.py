"""Dynamic registration: which invitations are open, and what a tool may ask for. Knows nothing of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.platform.roster import Trouble
from tests.platform.tools import Tool

TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"


class RegistrationRefused(Exception):
    """`str()` says which field is wrong; RFC 7591, 3.2.2 names the code."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Registering again on the same invitation changes the same client."""

    client_id: str
    deployment_id: str


class RegistrationOffice:
    """Tests may change what the platform says of itself, or put `trouble` in place of the next answers."""

    def __init__(self) -> None:
        self._invitations: dict[str, Invitation] = {}
        self.described: dict[str, Any] = {}
        self.trouble: list[Trouble] = []
        self.received: list[dict[str, Any]] = []

    def invite(self) -> str:
        token = token_urlsafe(24)
        self._invitations[token] = Invitation(f"client-{token_urlsafe(6)}", f"deployment-{token_urlsafe(6)}")
        return token

    def invitation(self, authorization: str | None) -> Invitation | None:
        scheme, _, token = (authorization or "").partition(" ")
        return self._invitations.get(token) if scheme.lower() == "bearer" else None


def invited_address(address: str, *, configuration_url: str, token: str) -> str:
    """The tool's registration address as a platform opens it, with what the tool must know."""
    query = urlencode({"openid_configuration": configuration_url, "registration_token": token})
    return f"{address}{'&' if urlsplit(address).query else '?'}{query}"


def read_tool(document: object, invitation: Invitation) -> Tool:
    """Turn a tool's registration document into a tool, or raise RegistrationRefused."""
    if not isinstance(document, dict):
        raise RegistrationRefused("the registration must be a JSON object")
    _check_protocol(document)
    configuration = document.get(TOOL_CONFIGURATION)
    if not isinstance(configuration, dict):
        raise RegistrationRefused(f"{TOOL_CONFIGURATION} is missing")
    target = _address(configuration, "target_link_uri")
    if configuration.get("domain") != urlsplit(target).netloc:
        raise RegistrationRefused("domain must be the host and port of target_link_uri")
    return Tool(
        client_id=invitation.client_id,
        deployment_id=invitation.deployment_id,
        name=str(document.get("client_name") or "Unnamed tool"),
        login_url=_address(document, "initiate_login_uri"),
        jwks_url=_address(document, "jwks_uri"),
        redirect_uris=_redirect_uris(document),
        target_link_uri=target,
        custom=configuration.get("custom_parameters") or {},
    )


def _check_protocol(document: Mapping[str, Any]) -> None:
    if document.get("token_endpoint_auth_method") != "private_key_jwt":
        raise RegistrationRefused("token_endpoint_auth_method must be private_key_jwt")
    if "id_token" not in (document.get("response_types") or []):
        raise RegistrationRefused("response_types must hold id_token")
    if not {"implicit", "client_credentials"} <= set(document.get("grant_types") or []):
        raise RegistrationRefused("grant_types must hold implicit and client_credentials")


def _redirect_uris(document: Mapping[str, Any]) -> tuple[str, ...]:
    uris = document.get("redirect_uris")
    if not isinstance(uris, list) or not uris:
        raise RegistrationRefused("redirect_uris must be a list of at least one address")
    return tuple(_address({"redirect_uris": uri}, "redirect_uris") for uri in uris)


def _address(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    if not isinstance(value, str) or urlsplit(value).scheme not in {"http", "https"}:
        raise RegistrationRefused(f"{name} must be a web address")
    return value
