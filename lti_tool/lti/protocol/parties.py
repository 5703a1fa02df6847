"""Who sent a token, to whom, and for which login. Knows nothing of signatures."""

from dataclasses import dataclass
from secrets import compare_digest
from urllib.parse import urlsplit

from lti_tool.lti.protocol.claims import TARGET_LINK_URI, Claims
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason


@dataclass(frozen=True, slots=True)
class Parties:
    """A platform, and the name by which it knows us."""

    issuer: str
    client_id: str


@dataclass(frozen=True, slots=True)
class Expected(Parties):
    """What was fixed by the login that this launch answers. The nonce is known by its hash only.

    `frame_origins` are those of the registration: where an answer of ours may go.
    """

    nonce_hash: str
    target_link_uri: str
    tool_origin: str
    frame_origins: tuple[str, ...] = ()


def check_parties(claims: Claims, expected: Parties) -> None:
    """Refuse a token of another platform, or for another tool."""
    if claims.get("iss") != expected.issuer:
        raise LaunchRefused(Reason.ISSUER_WRONG)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if expected.client_id not in audiences:
        raise LaunchRefused(Reason.AUDIENCE_WRONG)
    authorized = claims.get("azp")
    if authorized is None and len(audiences) > 1:
        raise LaunchRefused(Reason.AUTHORIZED_PARTY_MISSING)
    if authorized is not None and authorized != expected.client_id:
        raise LaunchRefused(Reason.AUTHORIZED_PARTY_WRONG)


def check_login(claims: Claims, expected: Expected) -> None:
    """Refuse a token that was made for another login, or leads elsewhere than its login said."""
    _check_nonce(claims.get("nonce"), expected.nonce_hash)
    check_target(claims.get(TARGET_LINK_URI), expected.tool_origin)
    if claims[TARGET_LINK_URI] != expected.target_link_uri:
        raise LaunchRefused(Reason.TARGET_NOT_OF_LOGIN)


def check_target(uri: object, tool_origin: str) -> None:
    """The page that a login or launch asks for is one of ours. Raises LaunchRefused."""
    if not uri or not isinstance(uri, str):
        raise LaunchRefused(Reason.TARGET_MISSING)
    if origin_of(uri) != tool_origin:
        raise LaunchRefused(Reason.TARGET_FOREIGN)


def origin_of(url: str) -> str:
    """`scheme://host:port` of an address in lower case; empty when it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()


def _check_nonce(nonce: object, expected_hash: str) -> None:
    if not nonce or not isinstance(nonce, str):
        raise LaunchRefused(Reason.NONCE_MISSING)
    if not compare_digest(hash_of(nonce), expected_hash):
        raise LaunchRefused(Reason.NONCE_WRONG)
