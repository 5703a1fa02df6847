"""From a compact token to its body, by a platform's RSA key. Knows nothing of what the body says."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, NoReturn

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import InvalidKeyError

from lti_tool.lti.protocol.claims import Claims
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

ALGORITHM: Final = "RS256"
KEY_BITS: Final = range(2048, 8192 + 1)
MAX_TOKEN_CHARACTERS: Final = 64 * 1024
COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")

FindKey = Callable[[str], Mapping[str, Any] | None]
"""From a key id to the platform's JWK of that id."""

_RS256: Final = RSAAlgorithm(RSAAlgorithm.SHA256)


def signed_claims(token: str, find_key: FindKey) -> Claims:
    """The body of a token that the platform signed. Raises LaunchRefused; reads the body only afterwards."""
    if len(token) > MAX_TOKEN_CHARACTERS or not COMPACT.fullmatch(token):
        raise LaunchRefused(Reason.TOKEN_UNREADABLE)
    signed, _, signature = token.rpartition(".")
    header, _, body = signed.partition(".")
    key = _key(_json(header), find_key)
    if not _RS256.verify(signed.encode(), key, _bytes(signature)):
        raise LaunchRefused(Reason.SIGNATURE_WRONG)
    claims = _json(body)
    if not isinstance(claims, dict):
        raise LaunchRefused(Reason.BODY_NOT_AN_OBJECT)
    return claims


def _key(header: object, find_key: FindKey) -> RSAPublicKey:
    if not isinstance(header, dict) or "crit" in header:
        raise LaunchRefused(Reason.TOKEN_UNREADABLE)
    if header.get("alg") != ALGORITHM:
        raise LaunchRefused(Reason.ALGORITHM_NOT_ALLOWED)
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise LaunchRefused(Reason.KEY_ID_MISSING)
    jwk = find_key(kid)
    if jwk is None:
        raise LaunchRefused(Reason.KEY_UNKNOWN)
    return _trusted_key(jwk)


def _trusted_key(jwk: Mapping[str, Any]) -> RSAPublicKey:
    # The platform's own word on the algorithm never widens ours; it can only contradict it.
    if jwk.get("kty") != "RSA" or jwk.get("alg", ALGORITHM) != ALGORITHM or jwk.get("use", "sig") != "sig":
        raise LaunchRefused(Reason.KEY_NOT_TRUSTED)
    modulus, exponent = jwk.get("n"), jwk.get("e")
    if not isinstance(modulus, str) or not isinstance(exponent, str):
        raise LaunchRefused(Reason.KEY_NOT_TRUSTED)
    return _rsa_key(modulus, exponent)


@lru_cache(maxsize=256)
def _rsa_key(modulus: str, exponent: str) -> RSAPublicKey:
    try:
        key = RSAAlgorithm.from_jwk({"kty": "RSA", "n": modulus, "e": exponent})
    except (InvalidKeyError, ValueError):
        raise LaunchRefused(Reason.KEY_NOT_TRUSTED) from None
    if not isinstance(key, RSAPublicKey) or key.key_size not in KEY_BITS:
        raise LaunchRefused(Reason.KEY_NOT_TRUSTED)
    return key


def _json(segment: str) -> object:
    try:
        return json.loads(_bytes(segment), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise LaunchRefused(Reason.TOKEN_UNREADABLE) from None


def _bytes(segment: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except binascii.Error:
        raise LaunchRefused(Reason.TOKEN_UNREADABLE) from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
