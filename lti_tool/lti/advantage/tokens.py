"""An access token for a platform's services, earned by a signed assertion. Keeps each while it is good."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, Final

from django.core.cache import cache

from lti_tool.core.http import ask
from lti_tool.lti.advantage.answers import checked, document_of
from lti_tool.lti.advantage.errors import ServiceUnreadable
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.reading import mapping, number

ASSERTION_SECONDS: Final = 60
EARLY_SECONDS: Final = 30  # a token is given up before it ends, so that no request arrives with a stale one
LONGEST_SECONDS: Final = 60 * 60
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

Sign = Callable[[dict[str, Any]], str]
"""From claims to a token under the tool's own key."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are to a platform, where it hands out tokens, whom our proof is for, and how we prove it."""

    client_id: str
    token_url: str
    audience: str
    sign: Sign


def access_token(client: Client, scope: str, *, at: datetime) -> str:
    """A token for `scope`. Raises PlatformSilent, PlatformBusy, ServiceRefused, ServiceUnreadable."""
    kept = cache.get(_name(client, scope))
    return kept or _earn(client, scope, at)


def forget_token(client: Client, scope: str) -> None:
    """After a platform refused the one that was kept."""
    cache.delete(_name(client, scope))


def _earn(client: Client, scope: str, at: datetime) -> str:
    answer = checked(
        ask(
            client.token_url,
            form={
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": client.sign(_assertion(client, at)),
                "scope": scope,
            },
        )
    )
    given = mapping(document_of(answer)) or {}
    token, seconds = given.get("access_token"), number(given.get("expires_in")) or 0
    if not isinstance(token, str) or not token or not token.isprintable():
        raise ServiceUnreadable
    if (kept_for := min(seconds, LONGEST_SECONDS) - EARLY_SECONDS) > 0:
        cache.set(_name(client, scope), token, kept_for)
    return token


def _assertion(client: Client, at: datetime) -> dict[str, Any]:
    issued = int(at.timestamp())
    return {
        "iss": client.client_id,
        "sub": client.client_id,
        "aud": client.audience,
        "iat": issued,
        "exp": issued + ASSERTION_SECONDS,
        "jti": token_urlsafe(24),
    }


def _name(client: Client, scope: str) -> str:
    return f"access-token:{hash_of(f'{client.token_url} {client.client_id} {scope}')}"
