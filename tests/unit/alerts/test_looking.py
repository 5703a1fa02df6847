"""From sessions to a case: what the rule sees, whom it asks first, and when it keeps still."""

from datetime import timedelta

import pytest

from lti_tool.alerts import services
from lti_tool.alerts.models import Case, Origin
from lti_tool.alerts.services.looking import files_to_look_at
from lti_tool.domain.alerting import Act
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db
ORDINARY = [[0.2, 0.21, 0.19, 0.2]] * 6
TENSE = [[0.7, 0.72, 0.71, 0.7]] * 5


def tense_file(**consent: object) -> MentalHealthFile:
    context = make.make_context()
    student = make.consenting(context, at=NOW - timedelta(days=60), **consent)  # type: ignore[arg-type]
    file = make.history(student, context, [*ORDINARY, *TENSE], apart=timedelta(days=2), until=NOW)
    records.summarise_sessions(at=NOW + timedelta(minutes=5))
    return file


def test_what_persists_is_asked_about_first_and_raised_after_the_patience() -> None:
    file = tense_file()
    assert services.look_at(file_id=file.pk, at=NOW).act is Act.ASK_FIRST
    assert services.asked_first_at(file) == NOW
    assert files_to_look_at(at=NOW + timedelta(days=1)) == []
    services.look_at_all(at=NOW + timedelta(days=2, hours=1))
    case = Case.objects.get()
    assert (case.origin, case.alerts.count()) == (Origin.PATTERN, 1)
    assert services.asked_first_at(file) is None
