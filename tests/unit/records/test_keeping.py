"""Records are let go when their time is over."""

from datetime import datetime, timedelta

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.records import services as records
from lti_tool.records.models import Baseline, StressRecord
from lti_tool.records.sealed import open_baseline
from lti_tool.vault import services as vault
from lti_tool.vault.models import DataKey
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
    assert records.old_records(at=NOW).count() == 3
    assert StressRecord.objects.count() == 5

    assert records.delete_old_records(at=NOW) == 3
    assert StressRecord.objects.count() == 2
    entry = AuditEntry.objects.get(action=Action.RECORDS_EXPIRED)
    assert entry.purpose == "3"
    assert records.delete_old_records(at=NOW + timedelta(minutes=1)) == 0


def test_nothing_of_a_session_outlives_its_records_in_the_usual() -> None:
    context = make.make_context()
    student = make.consenting(context)
    file = make.history(student, context, [[0.25] * 3, [0.5] * 3, [0.75] * 3])
    records.refresh_baseline(file=file, at=NOW)
    reader = str(student.pseudonym)

    def usual(at: datetime) -> BaselineValues | None:
        return records.read_file(file=file, reader=reader, purpose="own view", at=at).baseline

    one_is_over = NOW - timedelta(days=2, hours=12) + LIFETIMES[Kind.STRESS_RECORD]
    records.delete_old_records(at=one_is_over - timedelta(days=1))
    assert usual(NOW) == BaselineValues(0.5, 0.25, 3)

    records.delete_old_records(at=one_is_over)
    key = vault.open_data_key(file.data_key)
    left = open_baseline(Baseline.objects.get(file=file).sealed, file, key)
    assert sorted(median.score for median in left.by_session.values()) == [0.5, 0.75]
    assert usual(NOW) is None

    records.delete_old_records(at=NOW + LIFETIMES[Kind.STRESS_RECORD])
    assert not StressRecord.objects.exists()
    assert not Baseline.objects.exists()


def test_a_session_that_is_too_old_is_not_learned_from_again() -> None:
    context = make.make_context()
    student = make.consenting(context)
    file = make.history(student, context, [[0.25] * 3, [0.5] * 3, [0.75] * 3])
    assert records.refresh_baseline(file=file, at=NOW + LIFETIMES[Kind.STRESS_RECORD]) is None


def test_a_file_that_does_not_open_does_not_keep_the_others_from_being_looked_after(
    caplog: pytest.LogCaptureFixture,
) -> None:
    context = make.make_context()
    broken, whole = (make.history(make.consenting(context), context, [[0.25] * 3]) for _ in range(2))
    for file in (broken, whole):
        records.refresh_baseline(file=file, at=NOW)
    DataKey.objects.filter(pk=broken.data_key_id).update(kek_version="lost")

    records.delete_old_records(at=NOW + LIFETIMES[Kind.STRESS_RECORD])

    assert [baseline.file for baseline in Baseline.objects.all()] == [broken]
    assert str(broken.public_id) in caplog.text
    assert "wrong_key" in caplog.text


def test_a_shorter_time_that_a_deployment_chose_is_obeyed_and_no_other_course_touched() -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, record_days=3)
    short, long = make.make_context(deployment=deployment), make.make_context()
    files = [make.history(make.consenting(course), course, [[0.2, 0.3]] * 6) for course in (short, long)]
    for file in files:
        records.refresh_baseline(file=file, at=NOW - timedelta(hours=1))

    assert records.old_records(at=NOW).count() == 6
    assert records.delete_old_records(at=NOW) == 6

    left = {file: list(StressRecord.objects.of(file)) for file in files}
    assert [len(left[file]) for file in files] == [6, 12]
    assert all(record.recorded_at > NOW - timedelta(days=3) for record in left[files[0]])
    known = Baseline.objects.get(file=files[0])
    medians = open_baseline(known.sealed, files[0], vault.open_data_key(files[0].data_key))
    assert set(medians.by_session) <= {record.session_id for record in left[files[0]]}
