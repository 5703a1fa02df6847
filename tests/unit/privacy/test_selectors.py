"""In which courses something is held of a person, and how the database is asked."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy.selectors import courses_of, every_course_of
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ask", [courses_of, every_course_of])
def test_ties_of_different_kinds_are_never_joined_with_each_other(
    ask: Callable[[PlatformUser], list[Context]],
) -> None:
    """A course's sessions times its launches times its answers is more than a database can count."""
    context = make.make_context()
    student = make.consenting(context)
    make.history(student, context, [[0.1, 0.2, 0.3]])

    with CaptureQueriesContext(connection) as asked:
        assert ask(student) == [context]

    [question] = asked.captured_queries
    assert "LEFT OUTER JOIN" not in question["sql"]


def test_a_course_is_named_once_however_much_ties_somebody_to_it() -> None:
    context, other = make.make_context(), make.make_context()
    student = make.consenting(context)
    make.history(student, context, [[0.1, 0.2, 0.3], [0.2]])
    make.enter(student, context)
    make.consenting(other)

    assert every_course_of(student) == courses_of(student) == [context]
