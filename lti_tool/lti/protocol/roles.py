"""Roles as platforms send them. Knows what they are called, not what they permit (that is domain.access)."""

from collections.abc import Sequence


def plain_words(roles: Sequence[str]) -> str:
    """The roles for a person to read: `Instructor (TeachingAssistant), Learner`."""
    return ", ".join(dict.fromkeys(_short(role) for role in roles)) or "no role at all"


def _short(role: str) -> str:
    path, _, name = role.rpartition("#")
    main = path.rpartition("/")[2]
    # A sub-role stands in the path of its main role: .../membership/Instructor#TeachingAssistant
    return f"{main} ({name})" if "/membership/" in path else name
