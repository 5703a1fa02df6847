"""The activities of a finished week: from the camera's sessions to what an instructor may see."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lti_tool.capture import tasks
from lti_tool.capture.models import CaptureSession, SessionEnd
from lti_tool.capture.selectors import activities_begun_from
from lti_tool.consent.errors import ClassViewLocked
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.privacy import services as privacy
from lti_tool.records import selectors
from lti_tool.records import services as records
from lti_tool.records.models import ActivityWeek, ClassWeek, MentalHealthFile, SealedSummary
from lti_tool.records.services import weeks
from tests import factories as make
from tests.attack.publishing import STILL

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 9)
START = datetime(2026, 11, 9, tzinfo=UTC)
AFTER = START + timedelta(days=7)
CALM, TENSE = [0.4] * 3, [0.8] * 3


@pytest.fixture
def context(db: None) -> Context:
    return make.make_context()


@pytest.fixture
def lab(context: Context) -> ResourceLink:
    return ResourceLink.objects.create(context=context, resource_link_id="lab", title="Lab 4", difficulty=4)


@pytest.fixture
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weeks, "_blur", lambda *_: STILL)


def did(link: ResourceLink | None, context: Context, scores: list[float]) -> PlatformUser:
    """A student whose usual is 0.4, with one session in the week, begun from a link of the course."""
    student = make.consenting(context, at=START - timedelta(days=9))
    make.history(student, context, [[0.38] * 3, [0.4] * 3, [0.42] * 3], until=START - timedelta(days=4))
    file = make.history(student, context, [scores], until=START + timedelta(days=3))
    _begun(file, link)
    return student


def _begun(file: MentalHealthFile, link: ResourceLink | None) -> None:
    newest = SealedSummary.objects.filter(file=file).latest("started_at")
    CaptureSession.objects.create(
        public_id=newest.session_id,
        student=file.student,
        context=file.context,
        resource_link=link,
        started_at=newest.started_at,
        ended_at=newest.ended_at,
        end_reason=SessionEnd.STOPPED,
    )


def publish(context: Context) -> dict[str, ActivityWeek]:
    records.publish_class_week(context=context, week_start=MONDAY, at=AFTER, begun_from=activities_begun_from)
    return {str(row.activity): row for row in selectors.activity_weeks(context, since=MONDAY)}


def a_week_with_a_lab(context: Context, lab: ResourceLink) -> list[PlatformUser]:
    in_lab = [did(lab, context, scores) for scores in [CALM] * 10 + [TENSE] * 10]
    return in_lab + [did(None, context, CALM) for _ in range(6)]


@pytest.mark.usefixtures("_still")
def test_an_activity_is_published_as_a_share_of_those_who_did_it(context: Context, lab: ResourceLink) -> None:
    a_week_with_a_lab(context, lab)
    row = publish(context)["Lab 4"]
    assert (row.suppressed, row.above) == (False, 50)
    assert row.week.bands == {"usual": 60, "high": 40}


@pytest.mark.usefixtures("_still")
def test_nothing_of_it_changes_when_somebody_leaves(context: Context, lab: ResourceLink) -> None:
    students = a_week_with_a_lab(context, lab)
    before = publish(context)["Lab 4"]
    for student in students[:4]:
        privacy.withdraw(student=student, context=context, at=AFTER + timedelta(hours=1))
    after = publish(context)["Lab 4"]
    assert (after.pk, after.above) == (before.pk, before.above)
    assert ActivityWeek.objects.count() == 1


@pytest.mark.usefixtures("_still")
def test_an_activity_that_everybody_did_is_hidden(context: Context, lab: ResourceLink) -> None:
    for scores in [CALM] * 10 + [TENSE] * 10:
        did(lab, context, scores)
    row = publish(context)["Lab 4"]
    assert not row.week.suppressed
    assert (row.suppressed, row.above) == (True, None)


@pytest.mark.usefixtures("_still")
def test_only_those_who_agreed_to_be_counted_count_in_an_activity(
    context: Context, lab: ResourceLink
) -> None:
    students = a_week_with_a_lab(context, lab)
    for student in students[8:11]:
        privacy.withdraw_purpose(
            student=student, context=context, purpose=Purpose.CLASS, at=AFTER - timedelta(hours=1)
        )
    assert publish(context)["Lab 4"].suppressed


def test_an_activity_that_nobody_did_looks_like_one_that_one_did(context: Context, lab: ResourceLink) -> None:
    ResourceLink.objects.create(context=context, resource_link_id="quiz", title="Quiz")
    did(lab, context, TENSE)
    rows = publish(context)
    assert {(row.suppressed, row.above) for row in rows.values()} == {(True, None)}
    assert set(rows) == {"Lab 4", "Quiz"}


def test_a_place_that_opens_the_calm_corner_is_no_activity(context: Context, lab: ResourceLink) -> None:
    ResourceLink.objects.create(context=context, resource_link_id="calm", title="Breathe", page="calm")
    assert set(publish(context)) == {"Lab 4"}


def test_a_session_counts_only_for_a_link_of_its_own_course(context: Context, lab: ResourceLink) -> None:
    did(lab, make.make_context(), CALM)
    assert activities_begun_from(context, START, AFTER) == {}


def test_the_clock_publishes_the_activities_with_the_week(
    context: Context, lab: ResourceLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lti_tool.core.clock.now", lambda: AFTER + timedelta(hours=1))
    assert [tasks.publish_class_weeks() for _ in range(2)] == [1, 0]
    assert ActivityWeek.objects.get().week == ClassWeek.objects.get()


def test_no_activity_where_no_class_view_is_allowed() -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, jurisdiction="DE", **make.EU_EXCEPTION)
    context = make.make_context(deployment=deployment)
    ResourceLink.objects.create(context=context, resource_link_id="lab")
    with pytest.raises(ClassViewLocked):
        publish(context)
    assert not ActivityWeek.objects.exists()
