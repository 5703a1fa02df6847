"""A course with a counselor, and a student in it who shares what was measured."""

from datetime import timedelta

import pytest

from lti_tool.alerts.models import Case
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases


@pytest.fixture
def context(db: None) -> Context:
    return make.make_context(title="Statistics of Sorrow")


@pytest.fixture
def counselor(context: Context) -> PlatformUser:
    return make.make_counselor(context, name="Cora Counsel")


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.consenting(context, at=NOW - timedelta(days=60), name="Ada Lovelace")


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    """Twelve days of ordinary sessions, and ten of tense ones."""
    return cases.tense_file(student, context)


@pytest.fixture
def case(student: PlatformUser, context: Context) -> Case:
    """One that the student asked for."""
    return cases.asked(student, context)
