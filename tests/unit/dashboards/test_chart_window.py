"""Which weeks a chart shows."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.dashboards.window import monday, window

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(moments)
def test_a_week_begins_on_monday_at_midnight(at: datetime) -> None:
    start = monday(at)
    assert (start.weekday(), start.hour, start.minute) == (0, 0, 0)
    assert timedelta(0) <= at - start < timedelta(weeks=1)


def test_a_young_record_shows_four_weeks_and_an_old_one_twelve() -> None:
    young = window([NOW - timedelta(weeks=2)], NOW)
    old = window([NOW - timedelta(weeks=30), NOW], NOW)
    assert young[1] - young[0] == timedelta(weeks=4)
    assert old[1] - old[0] == timedelta(weeks=12)


@given(st.integers(0, 6 * 24))
def test_within_a_week_the_picture_does_not_move(hours: int) -> None:
    start = monday(NOW)
    assert window([NOW], start + timedelta(hours=hours)) == window([NOW], start)
