"""What an instructor may see: finished weeks, written once, in which nobody stands out."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings

from lti_tool.activation.models import Activation
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.consent.errors import ClassViewLocked
from lti_tool.domain.aggregation import CONTRIBUTORS_NEEDED
from lti_tool.domain.blur import LEFT_OUT, MORE_NEEDED
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, Deployment, DeploymentState, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.records import selectors
from lti_tool.records import services as records
from lti_tool.records.errors import WeekNotOver
from lti_tool.records.models import ClassWeek, Origin
from lti_tool.records.services import weeks
from lti_tool.vault.models import DataKey
from tests import factories as make
from tests.attack.publishing import STILL
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 9)
START = datetime(2026, 11, 9, tzinfo=UTC)
AFTER = START + timedelta(days=7)
SHOWN = ("week_start", "suppressed", "bands", "generated")
CALM, TENSE = [0.4] * 3, [0.8] * 3
ENOUGH = CONTRIBUTORS_NEEDED + max(MORE_NEEDED) + max(LEFT_OUT)
"""So many contributors are shown wherever the secret edge lies."""


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


def test_a_week_is_published_as_shares(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weeks, "_blur", lambda *_: STILL)
    for scores in [CALM] * 7 + [TENSE] * 7:
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


def test_a_session_over_midnight_counts_in_the_week_in_which_it_ended(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weeks, "_blur", lambda *_: STILL)
    for _ in range(10):
        student = make.consenting(context, at=START - timedelta(days=9))
        learned = [[0.38] * 3, [0.40] * 3, [0.42] * 3]
        file = make.history(student, context, learned, until=START - timedelta(days=4))
        records.refresh_baseline(file=file, at=AFTER - timedelta(minutes=1))
        over_midnight = uuid.uuid4()
        for seconds in (-20, -10, 0):
            at = AFTER + timedelta(seconds=seconds)
            records.append_record(file=file, measured=make.measured(0.4), session_id=over_midnight, at=at)

    assert publish(context).suppressed
    following, over = MONDAY + timedelta(days=7), AFTER + timedelta(days=7)
    week = records.publish_class_week(context=context, week_start=following, at=over)
    assert week.bands == {"usual": 90}


def test_a_week_is_the_same_by_summaries_and_by_records(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weeks, "_blur", lambda *_: STILL)
    for scores in [CALM] * 7 + [TENSE] * 7:
        with_week(context, scores)
    by_records = publish(context)
    by_records.delete()

    assert records.summarise_sessions(at=AFTER) == 14 * 4

    assert publish(context).bands == by_records.bands == {"usual": 50, "high": 50}


def test_a_week_that_is_not_over_is_not_published(context: Context) -> None:
    with pytest.raises(WeekNotOver):
        records.publish_class_week(context=context, week_start=MONDAY, at=AFTER - timedelta(microseconds=1))
    assert not ClassWeek.objects.exists()


def test_a_published_week_stays_as_it_is_when_a_student_leaves(context: Context) -> None:
    """Two views before and after one person's change are the same view."""
    students = [with_week(context, CALM) for _ in range(ENOUGH)]
    before = publish(context)
    assert not before.suppressed
    privacy.withdraw(student=students[0], context=context, at=AFTER + timedelta(hours=1))

    after = publish(context)

    assert (after.pk, after.bands, after.published_at) == (before.pk, before.bands, before.published_at)
    assert ClassWeek.objects.count() == 1


def test_a_week_that_is_published_anew_from_a_backup_is_the_same_week(context: Context) -> None:
    for _ in range(ENOUGH):
        with_week(context, CALM)
    before = publish(context).bands
    ClassWeek.objects.all().delete()
    assert publish(context).bands == before


def test_the_blur_follows_from_the_installations_secret(context: Context) -> None:
    def shifts() -> list[int]:
        blurs = [weeks._blur(context, START + timedelta(weeks=n)) for n in range(20)]
        return [blur.shift(level) for blur in blurs for level in Level]

    before = shifts()
    assert shifts() == before
    with override_settings(SECRET_KEY="another"):
        assert shifts() != before


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


def test_the_newest_finished_week_of_every_course_is_published_once(context: Context) -> None:
    with_week(context, CALM)

    at = AFTER + timedelta(days=3)
    assert [records.publish_finished_weeks(at=at) for _ in range(2)] == [1, 0]
    assert [week.week_start for week in selectors.class_weeks(context)] == [MONDAY]


def test_a_course_where_one_takes_part_looks_like_one_where_nobody_does(context: Context) -> None:
    with_week(context, CALM)
    nobody = make.make_context()

    records.publish_finished_weeks(at=AFTER)

    seen = [list(selectors.class_weeks(course).values(*SHOWN)) for course in (context, nobody)]
    assert seen[0] == seen[1]
    assert seen[0][0]["suppressed"]


def test_no_week_where_nothing_may_be_measured() -> None:
    make.make_context(activated=False)
    make.make_context(deployment=make.make_deployment())
    suspended = make.make_context()
    Deployment.objects.filter(pk=suspended.deployment_id).update(state=DeploymentState.SUSPENDED)
    assert records.publish_finished_weeks(at=AFTER) == 0


def test_no_week_in_the_eu_even_where_measuring_is_allowed() -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, jurisdiction="DE", **make.EU_EXCEPTION)
    context = make.make_context(deployment=deployment)
    with_week(context, CALM, purposes=(Purpose.CAMERA, Purpose.COUNSELOR))

    assert records.publish_finished_weeks(at=AFTER) == 0
    with pytest.raises(ClassViewLocked):
        publish(context)


def test_what_was_published_is_shown_no_more_where_a_class_view_is_not_allowed(context: Context) -> None:
    publish(context)
    teacher = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert teacher.get(teacher.address("dashboards:class")).status_code == 200

    Activation.objects.update(jurisdiction="FR", **make.EU_EXCEPTION)

    refused = teacher.get(teacher.address("dashboards:class"))
    assert refused.status_code == 403
    assert "The weekly pattern of the class is not offered here" in refused.content.decode()


def test_a_course_whose_files_do_not_open_does_not_keep_the_others_waiting(
    context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    with_week(context, CALM)
    DataKey.objects.update(kek_version="lost")
    other = make.make_context()

    assert records.publish_finished_weeks(at=AFTER) == 1
    assert selectors.class_weeks(other).count() == 1
    assert "wrong_key" in caplog.text
