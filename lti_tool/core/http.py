"""Outbound HTTP to platforms: bounded in time and size, closed to private addresses. Knows nothing of LTI."""

import ipaddress
import json
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import requests
from django.conf import settings
from django.utils.translation import gettext_noop as _
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from lti_tool.core.errors import Transient

CONNECT_SECONDS: Final = 3.05
READ_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 10.0
"""For the whole body: a platform that sends a byte now and then must not hold a thread."""
MAX_BYTES: Final = 512 * 1024
MAX_REDIRECTS: Final = 3
USER_AGENT: Final = "Attune (LTI tool)"

LOOPBACK: Final = ("127.0.0.0/8", "::1/128")

_NO_ANSWER: Final = (requests.RequestException, HTTPError, ValueError)


class PlatformSilent(Transient):
    """The learning platform did not answer, or not in a way that can be used."""

    code = "platform_silent"
    message = _("Your learning platform did not answer us in time.")
    next_step = _("Wait a minute, go back to your course and open Attune again.")


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


def fetch_json(url: str) -> object:
    """The JSON document at `url`. Raises PlatformSilent."""
    try:
        with platform_session() as session, session.get(url, stream=True) as response:
            response.raise_for_status()
            return _document_in(_bounded_body(response))
    except _NO_ANSWER as error:
        raise PlatformSilent from error


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform said to one question, good or bad. `headers`: found by names in any case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)  # an access token, perhaps

    @property
    def is_good(self) -> bool:
        """Whether the platform did what it was asked."""
        return 200 <= self.status < 300

    def document(self) -> object:
        """The JSON document that it sent. Raises ValueError."""
        return _document_in(self.body)


def ask(
    url: str,
    *,
    method: str = "",
    bearer: str = "",
    accept: str = "application/json",
    form: Mapping[str, str] | None = None,
    document: object = None,
) -> Answer:
    """GET `url`, or POST it a form or a JSON document; another method by name. Raises PlatformSilent.

    No redirect is followed: what `bearer` opens is meant for this address alone.
    """
    method = method or ("GET" if form is None and document is None else "POST")
    headers = {"Accept": accept} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
    try:
        with (
            platform_session() as session,
            session.request(
                method, url, data=form, json=document, headers=headers, allow_redirects=False, stream=True
            ) as response,
        ):
            return Answer(response.status_code, response.headers, _bounded_body(response))
    except _NO_ANSWER as error:
        raise PlatformSilent from error


def _document_in(body: bytes) -> object:
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _bounded_body(response: requests.Response) -> bytes:
    body, until = bytearray(), time.monotonic() + ANSWER_SECONDS
    # One read at a time, so that the clock is looked at even where a byte comes now and then.
    while chunk := response.raw.read1(16 * 1024, decode_content=True):
        body += chunk
        if len(body) > MAX_BYTES or time.monotonic() > until:
            raise PlatformSilent
    return bytes(body)
