"""Platform Notification Service 1.0: who wants to be told what, and what is told. Knows nothing of HTTP."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from tests.platform.claims import CONTEXT_COPY, LTI, NOTICE_KINDS, TOKEN_LIFETIME_S, claim_name
from tests.platform.keys import KeyRing, compact
from tests.platform.launches import ABSENT
from tests.platform.tools import Tool


class NoticeBoard:
    """One handler for each kind of notice and deployment; an empty address takes it away."""

    def __init__(self) -> None:
        self.handlers: dict[str, dict[str, str]] = {}

    def put(self, deployment_id: str, kind: str, handler: str) -> None:
        self.handlers.setdefault(deployment_id, {})[kind] = handler

    def of(self, deployment_id: str) -> list[dict[str, str]]:
        known = self.handlers.get(deployment_id, {})
        return [{"notice_type": kind, "handler": known.get(kind, "")} for kind in NOTICE_KINDS]


def copy_notice(
    *,
    issuer: str,
    tool: Tool,
    keys: KeyRing,
    now: int,
    context_id: str,
    origins: tuple[str, ...],
    overrides: Mapping[str, Any],
) -> str:
    """A signed notice that a course was made from others; claims may be changed or left out."""
    claims = {
        "iss": issuer,
        "aud": tool.client_id,
        "azp": tool.client_id,
        "iat": now,
        "exp": now + TOKEN_LIFETIME_S,
        "nonce": uuid4().hex,
        LTI + "version": "1.3.0",
        LTI + "deployment_id": tool.deployment_id,
        LTI + "notice": {"id": uuid4().hex, "timestamp": "2026-11-22T12:00:00Z", "type": CONTEXT_COPY},
        LTI + "context": {"id": context_id, "title": "Statistics 101, next term"},
        LTI + "origin_contexts": list(origins),
    } | {claim_name(name): value for name, value in overrides.items()}
    sent = {name: value for name, value in claims.items() if value is not ABSENT}
    return compact(
        {"alg": keys.signing.algorithm, "typ": "JWT", "kid": keys.signing.kid}, sent, keys.signing.sign
    )
