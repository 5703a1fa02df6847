"""Roles as platforms send them. Knows what they are called, not what they permit (that is domain.access)."""

from collections.abc import Sequence
from typing import Final

from lti_tool.core.words import gettext
from lti_tool.core.words import gettext_noop as _

# Translators: roles of LTI, as learning platforms name them.
_IN_A_COURSE: Final = frozenset(
    {
        _("Administrator"),
        _("ContentDeveloper"),
        _("Instructor"),
        _("Learner"),
        _("Manager"),
        _("Member"),
        _("Mentor"),
        _("Officer"),
    }
)
"""The main roles of a course. Every other is told in the platform's own word."""


def plain_words(roles: Sequence[str]) -> str:
    """The roles for a person to read: `Instructor (TeachingAssistant), Learner`."""
    # Translators: between the parts of a list.
    between = gettext(", ")
    return between.join(dict.fromkeys(_short(role) for role in roles)) or gettext("no role at all")


def _short(role: str) -> str:
    path, _, name = role.rpartition("#")
    main = path.rpartition("/")[2]
    # A sub-role stands in the path of its main role: .../membership/Instructor#TeachingAssistant
    return f"{_in_words(main)} ({name})" if "/membership/" in path else _in_words(name)


def _in_words(name: str) -> str:
    return gettext(name) if name in _IN_A_COURSE else name
