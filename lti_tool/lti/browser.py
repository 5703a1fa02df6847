"""The tie between a browser and the launches it made. Knows people by pseudonym only, and no roles."""

from secrets import compare_digest, token_urlsafe
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

from lti_tool.lti.protocol.hashing import hash_of

SESSION_KEY: Final = "browser"
STUDENTS_KEY: Final = "students"


def bind(session: SessionBase, platform: str = "", student: str = "") -> str:
    """Give the browser a secret if it has none, and return the hash that its launches carry.

    A browser that has one keeps its session, so that its other tabs, and their requests under way, live on;
    but where another `student` of the platform was before, the computer is shared, and all of that ends.
    """
    if student and session.get(STUDENTS_KEY, {}).get(platform, student) != student:
        session.flush()
    if SESSION_KEY not in session:
        if session.session_key:  # no secret goes under an address that another may have planted
            session.cycle_key()
        session[SESSION_KEY] = token_urlsafe(32)
    if student:
        session[STUDENTS_KEY] = {**session.get(STUDENTS_KEY, {}), platform: student}
    # The session must outlive its latest launch, not only its first.
    session.modified = True
    return hash_of(session[SESSION_KEY])


def is_bound(session: SessionBase, browser_hash: str) -> bool:
    """True when this browser made the launch that carries the hash."""
    return compare_digest(hash_of(session.get(SESSION_KEY, "")), browser_hash)
