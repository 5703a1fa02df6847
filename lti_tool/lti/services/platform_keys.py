"""The keys that a platform publishes: remembered for an hour, asked for again when an unknown one appears."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.cache import cache

from lti_tool.core.http import PlatformSilent, fetch_json
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.signature import FindKey

REMEMBER_SECONDS: Final = 60 * 60
ASK_AGAIN_SECONDS: Final = 30
"""Forged key ids must not turn us into a hammer on the platform."""

KeySet = dict[str, Mapping[str, Any]]


def key_finder(jwks_url: str) -> FindKey:
    """A function from key id to JWK. It raises PlatformSilent when the platform does not answer."""

    def find(kid: str) -> Mapping[str, Any] | None:
        remembered: KeySet | None = cache.get(_name(jwks_url))
        if remembered is not None and (kid in remembered or not _may_ask_again(jwks_url)):
            return remembered.get(kid)
        return _fetch(jwks_url).get(kid)

    return find


def _may_ask_again(jwks_url: str) -> bool:
    return bool(cache.add(f"{_name(jwks_url)}:asked", 1, ASK_AGAIN_SECONDS))


def _fetch(jwks_url: str) -> KeySet:
    keys = _by_id(fetch_json(jwks_url))
    cache.set(_name(jwks_url), keys, REMEMBER_SECONDS)
    return keys


def _by_id(document: object) -> KeySet:
    entries = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise PlatformSilent
    return {key["kid"]: key for key in entries if isinstance(key, dict) and isinstance(key.get("kid"), str)}


def _name(jwks_url: str) -> str:
    return f"jwks:{hash_of(jwks_url)}"
