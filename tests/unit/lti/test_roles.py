"""Roles in plain words, and the stand-in student."""

import pytest

from lti_tool.lti.protocol.roles import is_test_user, plain_words
from tests.platform.people import INSTRUCTOR_ROLE, LEARNER, MENTOR_ROLE, TEACHING_ASSISTANT, TEST_USER_ROLE


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ([], "no role at all"),
        (["Learner"], "Learner"),
        ([LEARNER, "Learner"], "Learner"),
        ([INSTRUCTOR_ROLE, TEACHING_ASSISTANT], "Instructor, Instructor (TeachingAssistant)"),
        ([MENTOR_ROLE], "Mentor"),
        (["urn:lti:role:ims/lis/Learner"], "urn:lti:role:ims/lis/Learner"),
    ],
)
def test_roles_are_named_as_people_name_them(roles: list[str], words: str) -> None:
    assert plain_words(roles) == words


def test_the_stand_in_student_is_known_by_any_of_its_names() -> None:
    assert is_test_user([LEARNER, TEST_USER_ROLE])
    assert is_test_user(["http://purl.imsglobal.org/vocab/lis/v2/system/person#TestUser"])
    assert not is_test_user([LEARNER])
