"""Outbound HTTP to platforms: bounded in time and size, closed to private addresses. Knows nothing of LTI."""

import ipaddress
import json
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from lti_tool.core.errors import Transient

CONNECT_SECONDS: Final = 3.05
READ_SECONDS: Final = 5.0
MAX_BYTES: Final = 512 * 1024
MAX_REDIRECTS: Final = 3
USER_AGENT: Final = "Attune (LTI tool)"

LOOPBACK: Final = ("127.0.0.0/8", "::1/128")


class PlatformSilent(Transient):
    """The learning platform did not answer, or not in a way that can be used."""

    code = "platform_silent"
    message = "Your learning platform did not answer us in time."
    next_step = "Wait a minute, go back to your course and open Attune again."


def address_is_allowed(address: str) -> bool:
    """True for public addresses, and for the private networks that this installation names."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return (ip.is_global and not ip.is_multicast) or any(ip in network for network in _allowed_networks())


def _is_allowed_loopback(address: str) -> bool:
    return ipaddress.ip_address(address).is_loopback and address_is_allowed(address)


def _allowed_networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    loopback = LOOPBACK if settings.ALLOW_LOOPBACK_PLATFORMS else ()
    return [ipaddress.ip_network(network) for network in (*settings.PRIVATE_PLATFORM_NETWORKS, *loopback)]


def _checked(connected: socket.socket, is_allowed: Callable[[str], bool]) -> socket.socket:
    # The peer of the open socket is judged, not the name: a name may resolve differently a moment later.
    if is_allowed(str(connected.getpeername()[0])):
        return connected
    connected.close()
    raise PlatformSilent


class _CheckedConnection(HTTPConnection):
    """Plain http, to this machine alone."""

    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn(), _is_allowed_loopback)


class _CheckedTlsConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn(), address_is_allowed)


class _CheckedPool(HTTPConnectionPool):
    ConnectionCls = _CheckedConnection


class _CheckedTlsPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedTlsConnection


class PlatformAdapter(HTTPAdapter):
    """Time-outs on every call, and no connection to an address that is not allowed."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on unread
        """Put our checked connections under every request of the session."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _CheckedPool, "https": _CheckedTlsPool}

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - handed on unread
        """Send one hop; redirects come through here again."""
        kwargs["timeout"] = kwargs.get("timeout") or (CONNECT_SECONDS, READ_SECONDS)
        return super().send(*args, **kwargs)


def platform_session() -> requests.Session:
    """A session for one platform's services. It ignores proxies and credentials of the environment."""
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = MAX_REDIRECTS
    session.headers["User-Agent"] = USER_AGENT
    adapter = PlatformAdapter()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform answered, whatever its status."""

    status: int
    headers: Mapping[str, str]  # names in any case
    body: bytes

    def json(self) -> object:
        """The document in the body; None for anything that is not JSON, such as an error page."""
        try:
            document: object = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return document


def ask(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    document: object = None,
) -> Answer:
    """One request, with a form or a JSON document or nothing. Follows no redirect: it would carry our proof.

    Raises PlatformSilent when there is no answer, or one too large.
    """
    try:
        with (
            platform_session() as session,
            session.request(
                method, url, headers=headers, data=form, json=document, stream=True, allow_redirects=False
            ) as response,
        ):
            return Answer(response.status_code, response.headers, _bounded_body(response))
    except (requests.RequestException, ValueError) as error:
        raise PlatformSilent from error


def fetch_json(url: str) -> object:
    """The JSON document at `url`. Raises PlatformSilent."""
    try:
        with platform_session() as session, session.get(url, stream=True) as response:
            response.raise_for_status()
            return json.loads(_bounded_body(response))
    except (requests.RequestException, ValueError, RecursionError) as error:
        raise PlatformSilent from error


def _bounded_body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(16 * 1024):
        body += chunk
        if len(body) > MAX_BYTES:
            raise PlatformSilent
    return bytes(body)
