"""Where the browser may carry our answer: back to the platform that asked, and nowhere else."""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

MAX_CHARACTERS: Final = 4000
# Stricter than the standard: no sign-in part, no backslash, nothing that two parsers may read in two ways.
_WEB: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#][!-\[\]-~]*)?",
    re.IGNORECASE,
)
_USUAL_PORTS: Final = {"http": "80", "https": "443"}


def return_address(value: object, *, issuer: str, frame_origins: Sequence[str]) -> str:
    """The address as it came: a web address of a site that may show us in a frame, or of the issuer.

    A frame origin may be plain http where an administrator wrote it so; the issuer's host must speak https.
    Raises LaunchRefused.
    """
    if value is None or value == "":
        raise LaunchRefused(Reason.RETURN_ADDRESS_MISSING)
    origin = origin_of_address(value) if isinstance(value, str) else ""
    if not origin:
        raise LaunchRefused(Reason.RETURN_ADDRESS_NOT_WEB)
    of_issuer = origin == origin_of_address(f"https://{urlsplit(issuer).netloc}")
    if not of_issuer and not any(_covers(allowed, origin) for allowed in frame_origins):
        raise LaunchRefused(Reason.RETURN_ADDRESS_FOREIGN)
    return str(value)


def origin_of_address(address: str) -> str:
    """`scheme://host:port` as a browser writes it; empty for anything but a plain web address."""
    match = _WEB.fullmatch(address) if len(address) <= MAX_CHARACTERS else None
    if match is None:
        return ""
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"]
    return f"{scheme}://{host}" + (f":{port}" if port and port != _USUAL_PORTS[scheme] else "")


def _covers(allowed: str, origin: str) -> bool:
    """Whether an origin of a registration, perhaps `https://*.host`, is this one."""
    scheme, star, rest = allowed.partition("://*.")
    if not star:
        return origin_of_address(allowed) == origin
    return origin.startswith(f"{scheme}://") and origin.endswith(f".{rest}")
