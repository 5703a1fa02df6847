"""A course, a student in it, and their browser under a launch."""

import pytest

from lti_tool.lti.models import Context, PlatformUser
from tests import factories as make


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.make_student(context)


@pytest.fixture
def browser(student: PlatformUser, context: Context) -> make.Browser:
    return make.enter(student, context)
