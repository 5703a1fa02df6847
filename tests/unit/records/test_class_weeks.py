"""What an instructor may see: finished weeks, written once, in which nobody stands out."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.records import selectors
from lti_tool.records import services as records
from lti_tool.records.errors import WeekNotOver
from lti_tool.records.models import ClassWeek, Origin
from tests import factories as make

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 9)
START = datetime(2026, 11, 9, tzinfo=UTC)
AFTER = START + timedelta(days=7)
CALM, TENSE = [0.4] * 3, [0.8] * 3


@pytest.fixture
def context() -> Context:
    return make.make_context()


def with_week(
    context: Context, scores: list[float], *, purposes: tuple[Purpose, ...] = tuple(Purpose)
) -> PlatformUser:
    """A student whose usual is 0.4, with one session in the week."""
    student = make.consenting(context, purposes=purposes, at=START - timedelta(days=9))
    learned = [[0.38] * 3, [0.40] * 3, [0.42] * 3]
    make.history(student, context, learned, until=START - timedelta(days=4))
    make.history(student, context, [scores], until=START + timedelta(days=3))
    return student


def publish(context: Context) -> ClassWeek:
    return records.publish_class_week(context=context, week_start=MONDAY, at=AFTER)


def test_a_week_is_published_as_shares(context: Context) -> None:
    for scores in [CALM] * 6 + [TENSE] * 6:
        with_week(context, scores)

    week = publish(context)

    assert week.bands == {"usual": 50, "high": 50}
    assert not week.suppressed
    assert not week.generated
    assert list(selectors.class_weeks(context)) == [week]


def test_under_ten_contributors_nothing_is_published(context: Context) -> None:
    for _ in range(9):
        with_week(context, CALM)
    assert publish(context).bands == {}
    assert publish(context).suppressed


def test_only_students_who_chose_it_are_counted(context: Context) -> None:
    for _ in range(9):
        with_week(context, CALM)
    for _ in range(5):
        with_week(context, CALM, purposes=(Purpose.CAMERA, Purpose.COUNSELOR))
    assert publish(context).suppressed


def test_a_week_that_is_not_over_is_not_published(context: Context) -> None:
    with pytest.raises(WeekNotOver):
        records.publish_class_week(context=context, week_start=MONDAY, at=AFTER - timedelta(microseconds=1))
    assert not ClassWeek.objects.exists()


def test_a_published_week_stays_as_it_is_when_a_student_leaves(context: Context) -> None:
    """Two views before and after one person's change are the same view."""
    students = [with_week(context, CALM) for _ in range(10)]
    before = publish(context)
    privacy.withdraw(student=students[0], context=context, at=AFTER + timedelta(hours=1))

    after = publish(context)

    assert (after.pk, after.bands, after.published_at) == (before.pk, before.bands, before.published_at)
    assert ClassWeek.objects.count() == 1


def test_generated_records_are_told_apart(context: Context) -> None:
    for _ in range(10):
        with_week(context, CALM)
    file = selectors.open_files().first()
    assert file is not None
    measured, at = make.measured(0.4), START + timedelta(days=1)
    records.append_record(
        file=file, measured=measured, session_id=uuid.uuid4(), origin=Origin.GENERATED, at=at
    )
    assert publish(context).generated


def test_publishing_is_written_down_once_without_any_person(context: Context) -> None:
    student = with_week(context, CALM)
    publish(context)
    publish(context)

    entry = AuditEntry.objects.get(action=Action.CLASS_WEEK_PUBLISHED)
    assert entry.actor == "system"
    assert str(student.pseudonym) not in entry.subject


def test_the_newest_finished_week_of_every_measured_course_is_published_once(context: Context) -> None:
    with_week(context, CALM)
    make.make_context()  # nobody is measured there

    at = AFTER + timedelta(days=3)
    assert [records.publish_finished_weeks(at=at) for _ in range(2)] == [1, 0]
    assert [week.week_start for week in selectors.class_weeks(context)] == [MONDAY]
