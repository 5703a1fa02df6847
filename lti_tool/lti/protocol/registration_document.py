"""How the tool describes itself to a platform. Asks for nothing that it does not use, never for a grade."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lti_tool.lti.protocol.claims import Message
from lti_tool.lti.protocol.platform_configuration import PlatformConfiguration
from lti_tool.lti.protocol.scopes import SCOPES

LTI_TOOL: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
NEEDED_CLAIMS: Final = ("iss", "sub")
NAME_CLAIM: Final = "name"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """What a platform must know of this tool. Every message arrives at `launch_url`."""

    name: str
    description: str
    login_url: str
    launch_url: str
    jwks_url: str
    logo_url: str

    @property
    def domain(self) -> str:
        """Host and port, as a platform compares them with the target of a launch."""
        return urlsplit(self.launch_url).netloc


def registration_document(tool: Tool, platform: PlatformConfiguration, *, names: bool) -> Document:
    """The registration that asks `platform` for what we need, if it offers that; for `names` only if told."""
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["client_credentials", "implicit"],
        "initiate_login_uri": tool.login_url,
        "redirect_uris": [tool.launch_url],
        "jwks_uri": tool.jwks_url,
        "client_name": tool.name,
        "logo_uri": tool.logo_url,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(scope for scope in SCOPES if scope in platform.scopes),
        LTI_TOOL: {
            "domain": tool.domain,
            "description": tool.description,
            "target_link_uri": tool.launch_url,
            "claims": _claims(platform, names=names),
            "messages": [_message(tool, kind) for kind in _kinds(platform)],
        },
    }


def _claims(platform: PlatformConfiguration, *, names: bool) -> list[str]:
    # A platform need not say which claims it knows.
    known = not platform.claims or NAME_CLAIM in platform.claims
    return [*NEEDED_CLAIMS, *([NAME_CLAIM] if names and known else [])]


def _kinds(platform: PlatformConfiguration) -> list[str]:
    # Every platform of LTI 1.3 knows the first; the others only where they are offered.
    offered = (Message.DEEP_LINKING, Message.DATA_PRIVACY)
    return [Message.RESOURCE_LINK, *(kind for kind in offered if kind in platform.messages)]


def _message(tool: Tool, kind: str) -> Document:
    return {"type": kind, "target_link_uri": tool.launch_url, "label": tool.name}
