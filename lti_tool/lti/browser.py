"""The tie between a browser and the launches it made. Knows nothing of people, roles or platforms."""

from hashlib import sha256
from secrets import compare_digest, token_urlsafe
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

SESSION_KEY: Final = "browser"


def hashed(secret: str) -> str:
    """What the database keeps of a secret that only the browser may hold."""
    return sha256(secret.encode()).hexdigest()


def bind(session: SessionBase) -> str:
    """Give the browser a secret if it has none, and return the hash that its launches carry.

    A browser that has one keeps its session, so that its other tabs, and their requests under way, live on.
    """
    if SESSION_KEY not in session:
        session.cycle_key()
        session[SESSION_KEY] = token_urlsafe(32)
    # The session must outlive its latest launch, not only its first.
    session.modified = True
    return hashed(session[SESSION_KEY])


def is_bound(session: SessionBase, browser_hash: str) -> bool:
    """True when this browser made the launch that carries the hash."""
    return compare_digest(hashed(session.get(SESSION_KEY, "")), browser_hash)
