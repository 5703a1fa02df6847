"""The tie between a browser and the launches it made. Knows nothing of people, roles or platforms."""

from secrets import compare_digest, token_urlsafe
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

from lti_tool.lti.protocol.hashing import hash_of

SESSION_KEY: Final = "browser"


def bind(session: SessionBase) -> str:
    """Give the browser a secret if it has none, and return the hash that its launches carry.

    A browser that has one keeps its session, so that its other tabs, and their requests under way, live on.
    """
    if SESSION_KEY not in session:
        session.cycle_key()
        session[SESSION_KEY] = token_urlsafe(32)
    # The session must outlive its latest launch, not only its first.
    session.modified = True
    return hash_of(session[SESSION_KEY])


def is_bound(session: SessionBase, browser_hash: str) -> bool:
    """True when this browser made the launch that carries the hash."""
    return compare_digest(hash_of(session.get(SESSION_KEY, "")), browser_hash)
