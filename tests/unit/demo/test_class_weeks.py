"""What the demonstration's instructor sees, made by the tool's own rules from the invented past."""

from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.demo.patterns import MID_TERM, READING_WEEK, WEEKS
from lti_tool.demo.seeding import fill_course, history_begins, publish_weeks
from lti_tool.domain.stress import Level
from lti_tool.records.models import ClassWeek
from tests.factories import make_context

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_mid_term_shows_a_share_with_more_tension_and_the_reading_week_shows_nothing() -> None:
    context = make_context()
    fill_course(context, at=AT)
    publish_weeks(context, at=AT)
    weeks = list(ClassWeek.objects.filter(context=context).order_by("week_start"))
    assert len(weeks) == WEEKS
    assert weeks[0].week_start == history_begins(AT).date() + timedelta(days=1)
    mid_term = weeks[MID_TERM]
    assert mid_term.bands[Level.RAISED.value] >= 30
    assert mid_term.bands[Level.USUAL.value] > mid_term.bands[Level.RAISED.value]
    assert weeks[READING_WEEK].suppressed
    assert not any(week.suppressed for week in weeks[1:READING_WEEK] + weeks[MID_TERM:])
