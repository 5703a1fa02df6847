"""The week: each session in the slot of its local time; empty and untold are two things."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.dashboards.activities import SHOWN, activities_of
from lti_tool.dashboards.chart_shapes import Said, Trend
from lti_tool.dashboards.charts import NARROW, WIDE, draw, fitted
from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.dashboards.week_chart import draw_week
from lti_tool.dashboards.week_pattern import Part, part_of, week_pattern
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import Level

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = uuid.UUID(int=0)
USUAL = BaselineValues(0.3, 0.02, 5)


@dataclass(frozen=True)
class Session:
    started_at: datetime
    score: float | None
    level: Level
    counts: bool = True
    session_id: uuid.UUID = FIRST


def session(hour: float, score: float | None = 0.3, *, counts: bool = True, number: int = 0) -> JudgedSession:
    level = Level.UNKNOWN if score is None else Level.USUAL
    made = Session(MONDAY + hour * HOUR, score, level, counts, uuid.UUID(int=number))
    return cast(JudgedSession, made)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, Part.NIGHT),
        (5, Part.NIGHT),
        (6, Part.MORNING),
        (12, Part.AFTERNOON),
        (18, Part.EVENING),
        (23, Part.EVENING),
    ],
)
def test_a_day_has_four_parts(hour: int, part: Part) -> None:
    assert part_of(MONDAY.replace(hour=hour)) is part


def test_the_slot_is_that_of_the_institutions_clock() -> None:
    late = [session(23.5)]  # Monday in Greenwich, Tuesday morning's small hours in Berlin
    at_home = week_pattern(late, USUAL, ZoneInfo("UTC"))
    in_berlin = week_pattern(late, USUAL, ZoneInfo("Europe/Berlin"))
    assert at_home is not None
    assert in_berlin is not None
    assert [slot.weekday for slot in at_home.rows[Part.EVENING] if slot.level] == [0]
    assert [slot.weekday for slot in in_berlin.rows[Part.NIGHT] if slot.level] == [1]


def test_empty_untold_and_told_are_three_things() -> None:
    found = week_pattern([session(9, None), session(33, 0.6), session(34, 0.2)], USUAL, UTC)
    assert found is not None
    monday, tuesday, wednesday = found.rows[Part.MORNING][:3]
    assert (monday.level, monday.sessions) == (Level.UNKNOWN, 1)
    assert (tuesday.level, tuesday.sessions) == (Level.HIGH, 2)
    assert (wednesday.level, wednesday.sessions) == (None, 0)
    assert found.has_empty


def test_what_does_not_fit_its_student_is_in_no_slot() -> None:
    assert week_pattern([session(9, counts=False)], USUAL, UTC) is None


def test_without_a_usual_nothing_is_said_of_the_week() -> None:
    assert week_pattern([session(9)], None, UTC) is None
    assert week_pattern([], USUAL, UTC) is None


@given(st.lists(st.integers(0, 7 * 24 - 1), min_size=1, max_size=40))
def test_every_session_is_in_one_slot_and_every_field_in_the_picture(hours: list[int]) -> None:
    found = week_pattern([session(hour) for hour in hours], USUAL, UTC)
    assert found is not None
    assert sum(slot.sessions for row in found.rows.values() for slot in row) == len(hours)
    drawing = draw_week(found)
    cells = [cell for row in drawing.rows for cell in row.cells]
    assert len(cells) == 7 * len(found.rows)
    assert all(cell.x > 0 and cell.x + cell.width <= drawing.width <= 310 for cell in cells)
    assert all(cell.y + cell.height <= drawing.height for cell in cells)


def test_places_come_newest_first_and_are_few() -> None:
    sessions = [session(number, 0.3, number=number) for number in range(20)]
    begun = {uuid.UUID(int=number): f"Sheet {number % 10}" for number in range(20)}
    found = activities_of(sessions, begun, USUAL)
    assert [activity.title for activity in found] == [f"Sheet {n}" for n in (9, 8, 7, 6, 5, 4)]
    assert len(found) == SHOWN
    assert {(activity.sessions, activity.level) for activity in found} == {(2, Level.USUAL)}
    assert activities_of(sessions, {}, USUAL) == activities_of(sessions, begun, None) == ()


def said(*stress: int, sessions: bool) -> Trend:
    moments = tuple(
        Said(MONDAY + number * 24 * HOUR, number_said) for number, number_said in enumerate(stress)
    )
    unknown = (MONDAY,) if sessions else ()
    end = MONDAY + timedelta(weeks=12)
    return Trend(estimates=(), unknown=unknown, usual=None, start=MONDAY, end=end, now=end, said=moments)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60), st.booleans())
def test_what_was_said_lies_in_its_lane_and_more_lies_higher(stress: list[int], sessions: bool) -> None:
    trend = said(*stress, sessions=sessions)
    for plain in (WIDE, NARROW):
        canvas = fitted(plain, trend)
        dots = draw(trend, canvas).said
        assert len(dots) == len(stress)
        assert all(canvas.lane_top <= dot.y <= canvas.lane_floor <= canvas.floor for dot in dots)
        by_stress = sorted(zip(stress, dots, strict=True), key=lambda pair: pair[0])
        assert [dot.y for _, dot in by_stress] == sorted((dot.y for dot in dots), reverse=True)
        assert canvas.has_plot is sessions
        assert (canvas.floor - canvas.top == plain.floor - plain.top) is sessions


def test_without_check_ins_the_chart_keeps_its_size() -> None:
    trend = said(sessions=True)
    assert fitted(WIDE, trend) == WIDE
    assert draw(trend, WIDE).said == ()
