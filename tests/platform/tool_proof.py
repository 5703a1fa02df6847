"""Check what the tool has signed, against the keys that the tool publishes. Knows nothing of what it says."""

import ssl
from functools import cache
from typing import Any

import httpx
import jwt

from tests.platform.tools import Tool

LEEWAY_S = 30
LONGEST_LIFE_S = 3600


class Unproven(Exception):
    """The tool did not prove that it said this. The text is for the log of a demonstration."""


async def claims_signed_by(tool: Tool, token: str, *, audience: list[str], now: int) -> dict[str, Any]:
    """Return the claims of a JWT signed by `tool`, or raise Unproven."""
    try:
        key = await _key_of(tool, jwt.get_unverified_header(token).get("kid"))
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=audience,
            issuer=tool.client_id,
            # Times are checked below, by the platform's own clock.
            options={"require": ["iss", "aud", "exp", "iat"], "verify_exp": False, "verify_iat": False},
        )
    except (jwt.PyJWTError, httpx.HTTPError) as problem:
        raise Unproven(f"{type(problem).__name__}: {problem}") from problem
    _check_times(claims, now)
    return claims


async def _key_of(tool: Tool, kid: str | None) -> jwt.PyJWK:
    async with httpx.AsyncClient(timeout=5, verify=_trusted_authorities()) as client:
        answer = (await client.get(tool.jwks_url)).raise_for_status()
    try:
        return jwt.PyJWKSet.from_dict(answer.json())[kid or ""]
    except (KeyError, ValueError) as problem:
        raise Unproven("the tool publishes no key of this kid") from problem


def _check_times(claims: dict[str, Any], now: int) -> None:
    try:
        issued, expires = int(claims["iat"]), int(claims["exp"])
    except (TypeError, ValueError) as problem:
        raise Unproven("iat and exp must be numbers") from problem
    if expires < now - LEEWAY_S:
        raise Unproven("exp is past")
    if issued > now + LEEWAY_S:
        raise Unproven("iat is in the future")
    if expires - issued > LONGEST_LIFE_S:
        raise Unproven("exp is too far ahead")


@cache
def _trusted_authorities() -> ssl.SSLContext:
    """Reading the authorities' certificates takes longer than everything else here: do it once."""
    return ssl.create_default_context()
