"""Roles in plain words."""

import pytest

from lti_tool.lti.protocol.roles import plain_words
from tests.platform.people import INSTRUCTOR_ROLE, LEARNER, MENTOR_ROLE, TEACHING_ASSISTANT


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
