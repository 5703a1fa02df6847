"""A course, and a student of it who said yes to everything."""

import pytest

from lti_tool.lti.models import Context, PlatformUser
from tests import factories as make


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.consenting(context)
