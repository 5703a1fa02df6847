"""The wire library (PyLTI1p3) behind our own types, so that it can be replaced. Knows no database.

It forms the answer to a login and checks the shape of a message that the strict verifier already believes.
Its own state, nonce and signature checks are not used: see `protocol/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from pylti1p3.cookie import CookieService
from pylti1p3.deployment import Deployment
from pylti1p3.exception import LtiException, OIDCException
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.registration import Registration
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config.abstract import ToolConfAbstract

from lti_tool.lti.protocol.claims import Message, VerifiedLaunch
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason


@dataclass(frozen=True, slots=True)
class Platform:
    """The addresses of a platform that a login needs."""

    issuer: str
    client_id: str
    auth_login_url: str


@dataclass(frozen=True, slots=True)
class BegunLogin:
    """Where to send the browser, and the two secrets that must come back."""

    url: str
    state: str
    nonce: str


def begin_login(*, platform: Platform, parameters: Mapping[str, str], redirect_uri: str) -> BegunLogin:
    """The authentication request that answers a login initiation; its hints are passed on unchanged."""
    secrets = _Secrets()
    address, query = _without_query(platform.auth_login_url)
    conf = _OnePlatform(platform, auth_login_url=address)
    login = _Login(_Parameters(parameters), conf, _Nonces(secrets), _Cookies(secrets))
    try:
        url = login.redirect(redirect_uri)
    except OIDCException:
        raise LaunchRefused(Reason.LIBRARY_DISAGREES) from None
    # The library adds its own "?", even to an address that has one.
    return BegunLogin(url.replace("?", f"?{query}&", 1) if query else url, secrets.state, secrets.nonce)


def check_message(launch: VerifiedLaunch) -> None:
    """Hear the library's own opinion of a message. Raises LaunchRefused.

    Of data privacy launches it knows one draft only, in which everybody comes for somebody else.
    """
    if launch.message is Message.DATA_PRIVACY:
        return
    conf = _OnePlatform(Platform(launch.issuer, launch.client_id, ""), deployment_id=launch.deployment_id)
    secrets = _Secrets()
    message = _Message(_Parameters({}), conf, _Nonces(secrets), _Cookies(secrets))
    message.set_auto_validation(enable=False)
    message.set_jwt({"header": {}, "body": launch.claims})  # type: ignore[typeddict-item]
    try:
        message.validate_registration().validate_deployment().validate_message()
    except LtiException:
        raise LaunchRefused(Reason.LIBRARY_DISAGREES) from None


def _without_query(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts._replace(query="", fragment="").geturl(), parts.query


class _Secrets:
    """Catches what the library would have stored by itself."""

    state = ""
    nonce = ""


class _Parameters(Request):
    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters

    @property
    def session(self) -> dict[str, Any]:
        return {}

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return self._parameters.get(key, "")


class _Cookies(CookieService):
    def __init__(self, secrets: _Secrets) -> None:
        self._secrets = secrets

    def get_cookie(self, name: str) -> str | None:
        return None

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        self._secrets.state = str(value)


class _Nonces(SessionService):
    def __init__(self, secrets: _Secrets) -> None:
        self._secrets = secrets

    def save_nonce(self, nonce: str) -> None:
        self._secrets.nonce = nonce


class _OnePlatform(ToolConfAbstract[_Parameters]):
    """The library's view of our registrations: the single one that is concerned."""

    def __init__(self, platform: Platform, *, auth_login_url: str = "", deployment_id: str = "") -> None:
        self._platform = platform
        self._deployment_id = deployment_id
        self._registration = Registration().set_issuer(platform.issuer).set_client_id(platform.client_id)
        self._registration.set_auth_login_url(auth_login_url)

    def check_iss_has_one_client(self, iss: str) -> bool:
        return False

    def check_iss_has_many_clients(self, iss: str) -> bool:
        return True

    def find_registration_by_issuer(self, iss: str, *args: object, **kwargs: object) -> Registration:
        return self._registration

    def find_registration_by_params(
        self, iss: str, client_id: str, *args: object, **kwargs: object
    ) -> Registration:
        return self._registration

    def find_deployment(self, iss: str, deployment_id: str) -> Deployment | None:
        return Deployment().set_deployment_id(deployment_id) if deployment_id == self._deployment_id else None

    def find_deployment_by_params(
        self, iss: str, deployment_id: str, client_id: str, *args: object, **kwargs: object
    ) -> Deployment | None:
        return self.find_deployment(iss, deployment_id)


class _Address(Redirect[str]):
    def __init__(self, url: str) -> None:
        self._url = url

    def do_redirect(self) -> str:
        return self._url

    do_js_redirect = get_redirect_url = do_redirect

    def set_redirect_url(self, location: str) -> None:
        self._url = location


class _Login(OIDCLogin[_Parameters, _OnePlatform, _Nonces, _Cookies, str]):
    def get_redirect(self, url: str) -> Redirect[str]:
        return _Address(url)

    # The library's own are made of time and network card.
    def _get_uuid(self) -> str:
        return token_urlsafe(32)

    def _generate_nonce(self) -> str:
        return token_urlsafe(32)


class _Message(MessageLaunch[_Parameters, _OnePlatform, _Nonces, _Cookies]):
    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)

    def get_client_id(self) -> str:
        # The library takes the first audience, which need not be us.
        return str(self._tool_config.find_registration_by_params("", "").get_client_id())
