"""Who may see what. Knows roles as a platform writes them; knows nothing of requests or databases."""

from collections.abc import Sequence
from enum import StrEnum

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
TEST_USERS = frozenset(
    {
        "http://purl.imsglobal.org/vocab/lti/system/person#TestUser",
        "http://purl.imsglobal.org/vocab/lis/v2/system/person#TestUser",
    }
)


class Viewer(StrEnum):
    """The ways to look at Attune. An administrator of a course has nothing to look at.

    An author places Attune in a course and sees nothing else of it. An owner comes for what is held about
    them, and for nothing else.
    """

    STUDENT = "student"
    INSTRUCTOR = "instructor"
    COUNSELOR = "counselor"
    AUTHOR = "author"
    OWNER = "owner"


# Only roles in the course count: being staff of the institution says nothing about this course.
_COURSE_ROLES = {
    "Instructor": Viewer.INSTRUCTOR,
    "Learner": Viewer.STUDENT,
}
_PLACING_ROLES = frozenset({"Instructor", "ContentDeveloper", "Administrator"})
_FIRST_TO_LAST = (Viewer.COUNSELOR, Viewer.INSTRUCTOR, Viewer.STUDENT)


def course_role(role: str) -> str:
    """The principal course role of a role URI or a short role, or nothing.

    A sub-role (`.../membership/Instructor#TeachingAssistant`) implies its principal role.
    """
    vocabulary, _, name = role.rpartition("#")
    if vocabulary in {"", MEMBERSHIP}:
        return name
    if vocabulary.startswith(f"{MEMBERSHIP}/"):
        return vocabulary.removeprefix(f"{MEMBERSHIP}/")
    return ""


def viewers(roles: Sequence[str], *, has_grant: bool) -> tuple[Viewer, ...]:
    """What a person may look at in this course, the one to open first in front.

    Only our own grant makes a counselor. A platform's test user is nobody.
    """
    if not is_person(roles):
        return ()
    found = {_COURSE_ROLES[name] for name in map(course_role, roles) if name in _COURSE_ROLES}
    if has_grant:
        found.add(Viewer.COUNSELOR)
    return tuple(viewer for viewer in _FIRST_TO_LAST if viewer in found)


def may_place(roles: Sequence[str]) -> bool:
    """Whether a person may add Attune to this course: who teaches it, writes its content or runs it."""
    return is_person(roles) and not _PLACING_ROLES.isdisjoint(map(course_role, roles))


def is_person(roles: Sequence[str]) -> bool:
    """False for a platform's test user: there is no person to help."""
    return TEST_USERS.isdisjoint(roles)


class Sight(StrEnum):
    """How much of a file somebody sees."""

    WHOLE = "whole"
    SHARED = "shared"
    SHOWN_CHECK_INS = "shown_check_ins"


def sight_of(
    viewer: Viewer, *, own: bool, in_care: bool, record_is_shared: bool, check_ins_shown: bool
) -> Sight | None:
    """What of a file somebody may read, or None.

    A student reads all of their own. A counselor reads the record that somebody else in their care shared,
    and the check-ins that were shared with it; or, where the record is not, only the check-ins that the
    student showed by an act of their own.
    """
    if may_read_file(viewer, own=own, in_care=in_care, shared_with_counselor=record_is_shared):
        return Sight.WHOLE if own else Sight.SHARED
    shown = may_read_file(viewer, own=own, in_care=in_care, shared_with_counselor=check_ins_shown)
    return Sight.SHOWN_CHECK_INS if shown else None


def may_read_file(viewer: Viewer, *, own: bool, in_care: bool, shared_with_counselor: bool) -> bool:
    """Students read their own file; counselors read what others in their care shared with them."""
    match viewer:
        case Viewer.STUDENT | Viewer.OWNER:
            return own
        case Viewer.COUNSELOR:
            return in_care and shared_with_counselor and not own
        case Viewer.INSTRUCTOR | Viewer.AUTHOR:
            return False
