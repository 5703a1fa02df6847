"""Which web addresses of a platform may be used. Knows nothing of DNS: core.http judges the connection."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

MAX_CHARACTERS: Final = 1000
MAX_ISSUER_CHARACTERS: Final = 255

# What may stand in a header or a link as it is: no blanks, no quotes, no angle brackets, no backslash.
_PLAIN: Final = re.compile(r"[!#-;=?-\[\]-~]+")
# Host and port, without a password before them: as they may stand in a list of frame origins.
_PLACE: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1"})


def is_endpoint(url: object, *, loopback: bool) -> bool:
    """True for an https address; with `loopback`, for plain http to this machine, too."""
    if not isinstance(url, str) or len(url) > MAX_CHARACTERS or not _PLAIN.fullmatch(url):
        return False
    parts = _split(url)
    if parts is None or not _PLACE.fullmatch(parts.netloc.lower()) or "#" in url:
        return False
    return parts.scheme == "https" or (loopback and parts.scheme == "http" and parts.hostname in _LOOPBACK)


def is_issuer(url: object, *, loopback: bool) -> bool:
    """True for a name that OpenID Connect allows a platform: an address without a query."""
    short = isinstance(url, str) and len(url) <= MAX_ISSUER_CHARACTERS and "?" not in url
    return short and is_endpoint(url, loopback=loopback)


def service_address(value: object) -> str:
    """Where a platform offers a service, as its launch says; empty where that is no endpoint.

    Plain http to this machine passes: whether it may be asked is judged when the connection is made.
    """
    return str(value) if is_endpoint(value, loopback=True) else ""


def host_of(url: str) -> str:
    """Host and port of an endpoint, in lower case."""
    return urlsplit(url).netloc.lower()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # read for its check: it raises where it is none
    except ValueError:
        return None
    return parts
