"""Records are let go when their time is over."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.records import services as records
from lti_tool.records.models import StressRecord
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_terms() -> None:
    context = make.make_context()
    student = make.consenting(context)
    long_ago = NOW - LIFETIMES[Kind.STRESS_RECORD]
    make.history(student, context, [[0.1, 0.2, 0.3]], until=long_ago)
    make.history(student, context, [[0.4, 0.5]], until=NOW)


@pytest.mark.usefixtures("two_terms")
def test_only_records_that_lived_their_time_are_deleted() -> None:
    assert records.delete_old_records(at=NOW, dry_run=True) == 3
    assert StressRecord.objects.count() == 5

    assert records.delete_old_records(at=NOW) == 3
    assert StressRecord.objects.count() == 2
    entry = AuditEntry.objects.get(action=Action.RECORDS_EXPIRED)
    assert entry.purpose == "3"
    assert records.delete_old_records(at=NOW + timedelta(minutes=1)) == 0


@pytest.mark.usefixtures("two_terms")
def test_the_command_can_look_before_the_deed() -> None:
    out = StringIO()
    call_command("delete_old_records", "--dry-run", stdout=out)
    assert out.getvalue().startswith("3 records are over their time")
