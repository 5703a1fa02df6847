"""Who may see what."""

from itertools import product

import pytest

from lti_tool.domain.access import MEMBERSHIP, TEST_USERS, Viewer, may_place, may_read_file, viewers

LEARNER, INSTRUCTOR = f"{MEMBERSHIP}#Learner", f"{MEMBERSHIP}#Instructor"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], ()),
        ([LEARNER], (Viewer.STUDENT,)),
        (["Learner"], (Viewer.STUDENT,)),
        ([INSTRUCTOR], (Viewer.INSTRUCTOR,)),
        ([f"{MEMBERSHIP}#Administrator"], ()),
        ([LEARNER, INSTRUCTOR], (Viewer.INSTRUCTOR, Viewer.STUDENT)),
        ([f"{MEMBERSHIP}/Instructor#TeachingAssistant"], (Viewer.INSTRUCTOR,)),
        ([f"{MEMBERSHIP}/Learner#GuestLearner"], (Viewer.STUDENT,)),
        ([f"{MEMBERSHIP}#Mentor"], ()),
        ([f"{INSTITUTION}#Instructor"], ()),
        ([f"{INSTITUTION}#Administrator", LEARNER], (Viewer.STUDENT,)),
        (["https://elsewhere.example/roles#Instructor"], ()),
        (["Counselor", f"{MEMBERSHIP}#Counselor"], ()),
    ],
)
def test_viewers_follow_from_roles_in_the_course(roles: list[str], expected: tuple[Viewer, ...]) -> None:
    assert viewers(roles, has_grant=False) == expected


def test_only_a_grant_makes_a_counselor_and_it_comes_first() -> None:
    assert viewers([INSTRUCTOR, LEARNER], has_grant=True)[0] is Viewer.COUNSELOR
    assert viewers([], has_grant=True) == (Viewer.COUNSELOR,)


@pytest.mark.parametrize("test_user", sorted(TEST_USERS))
def test_a_test_user_is_nobody_even_with_a_grant(test_user: str) -> None:
    assert viewers([test_user, LEARNER], has_grant=False) == ()
    assert viewers([test_user, INSTRUCTOR], has_grant=True) == ()


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([INSTRUCTOR], True),
        (["Instructor"], True),
        ([f"{MEMBERSHIP}/Instructor#TeachingAssistant"], True),
        ([f"{MEMBERSHIP}#ContentDeveloper"], True),
        ([f"{MEMBERSHIP}#Administrator"], True),
        ([f"{INSTITUTION}#Administrator"], False),
        ([f"{INSTITUTION}#Instructor", LEARNER], False),
        ([f"{MEMBERSHIP}#Mentor"], False),
        ([], False),
        ([INSTRUCTOR, sorted(TEST_USERS)[0]], False),
    ],
)
def test_who_may_place_follows_from_roles_in_the_course(roles: list[str], expected: bool) -> None:
    assert may_place(roles) is expected


@pytest.mark.parametrize("viewer", list(Viewer))
def test_a_file_is_read_by_its_student_or_a_counselor_it_was_shared_with(viewer: Viewer) -> None:
    for own, in_care, shared in product([True, False], repeat=3):
        allowed = may_read_file(viewer, own=own, in_care=in_care, shared_with_counselor=shared)
        expected = {
            Viewer.STUDENT: own,
            Viewer.OWNER: own,
            Viewer.COUNSELOR: in_care and shared and not own,
        }.get(viewer, False)
        assert allowed is expected
