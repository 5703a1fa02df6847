"""What the demonstration's instructor sees, made by the tool's own rules from the invented past."""

from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.capture.models import CaptureSession
from lti_tool.demo.activities import ACTIVITIES
from lti_tool.demo.patterns import MID_TERM, READING_WEEK, WEEKS
from lti_tool.demo.seeding import fill_course, history_begins, publish_weeks
from lti_tool.domain.stress import Level
from lti_tool.records.models import ActivityWeek, ClassWeek, SealedSummary
from lti_tool.records.services import weeks
from tests.attack.publishing import STILL
from tests.factories import make_context

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def tense(week: ClassWeek) -> int:
    return sum(week.bands.get(level.value, 0) for level in (Level.RAISED, Level.HIGH))


def test_the_mid_term_shows_a_share_with_more_tension_and_the_reading_week_shows_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weeks, "_blur", lambda *_: STILL)
    context = make_context()
    fill_course(context, at=AT)
    publish_weeks(context, at=AT)
    published = list(ClassWeek.objects.filter(context=context).order_by("week_start"))
    assert len(published) == WEEKS
    assert published[0].week_start == history_begins(AT).date() + timedelta(days=1)
    mid_term = published[MID_TERM]
    assert tense(mid_term) >= 40
    assert max(tense(week) for week in published if week != mid_term) < tense(mid_term)
    assert published[READING_WEEK].suppressed
    assert not any(week.suppressed for week in published[2:READING_WEEK] + published[MID_TERM:])


def test_every_invented_session_was_begun_from_some_place_of_the_course_and_all_are_published() -> None:
    context = make_context()
    fill_course(context, at=AT)
    publish_weeks(context, at=AT)
    begun = CaptureSession.objects.exclude(resource_link=None).values_list("public_id", flat=True)
    assert set(begun) == set(SealedSummary.objects.values_list("session_id", flat=True))
    assert ActivityWeek.objects.filter(week__context=context).count() == WEEKS * len(ACTIVITIES)


def test_the_same_story_can_be_told_for_two_platforms_of_one_installation() -> None:
    first, second = make_context(), make_context()
    assert first.deployment.registration != second.deployment.registration
    assert fill_course(first, at=AT) == fill_course(second, at=AT) > 0
