"""When somebody is there, and how long an alert may wait."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.staffing import EscalationStep, Opening, StaffedHours, escalation_due

VIENNA = ZoneInfo("Europe/Vienna")
OFFICE = StaffedHours.parse("mon-fri 09:00-12:00; mon-thu 13:00-17:00", VIENNA)
NOBODY = StaffedHours((), VIENNA)
HOUR = timedelta(hours=1)


def local(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """In March 2026 the 2nd is a Monday, and clocks are put forward on the 29th, a Sunday."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIENNA)


def test_hours_are_read_as_they_are_written() -> None:
    assert StaffedHours.parse("Sat 10:00-12:00; ", VIENNA).openings == (Opening(5, time(10), time(12)),)
    assert len(OFFICE.openings) == 9
    assert {o.weekday for o in StaffedHours.parse("fri-mon 09:00-10:00", VIENNA).openings} == {4, 5, 6, 0}


@pytest.mark.parametrize(
    "text",
    ["weekdays", "mon 9-17", "mon 17:00-09:00", "moo 09:00-10:00", "mon-x 09:00-10:00", "mon 09:00-25:00"],
)
def test_hours_that_are_not_understood_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"understood|open before"):
        StaffedHours.parse(text, VIENNA)


@pytest.mark.parametrize(
    ("at", "staffed"),
    [
        (local(2, 9), True),
        (local(2, 8, 59), False),
        (local(2, 12), False),
        (local(2, 16, 59), True),
        (local(2, 17), False),
        (local(6, 14), False),  # a Friday afternoon
        (local(7, 10), False),  # a Saturday
        (local(2, 10).astimezone(UTC), True),
    ],
)
def test_an_hour_begins_with_its_first_minute_and_ends_before_its_last(at: datetime, staffed: bool) -> None:
    assert OFFICE.is_staffed(at) is staffed


def test_a_weekend_is_no_staffed_time() -> None:
    assert OFFICE.staffed_time_between(local(6, 11), local(9, 10)) == 2 * HOUR
    assert OFFICE.staffed_time_between(local(7, 0), local(8, 23)) == timedelta(0)
    assert OFFICE.staffed_time_between(local(9, 10), local(6, 11)) == timedelta(0)


def test_a_day_on_which_the_center_is_closed_is_no_staffed_time() -> None:
    closed = StaffedHours(OFFICE.openings, VIENNA, frozenset({date(2026, 3, 3)}))
    assert not closed.is_staffed(local(3, 10))
    assert closed.next_opening(local(2, 17)) == local(4, 9)


def test_stretches_that_overlap_count_once() -> None:
    twice = StaffedHours.parse("mon 09:00-12:00; mon 10:00-11:00; mon 11:00-13:00", VIENNA)
    assert twice.staffed_time_between(local(2, 0), local(3, 0)) == 4 * HOUR


def test_an_hour_that_the_clock_skips_is_not_counted() -> None:
    night = StaffedHours.parse("sun 00:00-06:00", VIENNA)
    assert night.staffed_time_between(local(29, 0), local(30, 0)) == 5 * HOUR
    assert night.staffed_time_between(local(22, 0), local(23, 0)) == 6 * HOUR


def test_the_next_opening_is_now_or_later_or_never() -> None:
    assert OFFICE.next_opening(local(2, 10)) == local(2, 10)
    assert OFFICE.next_opening(local(2, 12)) == local(2, 13)
    assert OFFICE.next_opening(local(6, 13)) == local(9, 9)
    assert NOBODY.next_opening(local(2, 10)) is None


moments = st.timedeltas(timedelta(0), timedelta(days=364)).map(lambda passed: local(1, 0, month=1) + passed)
spans = st.timedeltas(timedelta(0), timedelta(days=20))


@given(moments, spans, spans)
def test_staffed_time_adds_up(a: datetime, first: timedelta, second: timedelta) -> None:
    between = OFFICE.staffed_time_between
    whole = between(a, a + first + second)
    assert whole == between(a, a + first) + between(a + first, a + first + second)
    assert timedelta(0) <= whole <= first + second


@given(moments)
def test_somebody_is_there_exactly_at_an_opening(at: datetime) -> None:
    opens = OFFICE.next_opening(at)
    assert opens is not None
    assert OFFICE.is_staffed(opens)
    assert OFFICE.staffed_time_between(at, opens) == timedelta(0)
    assert (opens == at) == OFFICE.is_staffed(at)


@given(moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=60)))
def test_the_moment_after_some_staffed_time_is_that_much_later(at: datetime, staffed: timedelta) -> None:
    then = OFFICE.after(at, staffed)
    assert then is not None
    assert OFFICE.staffed_time_between(at, then) == staffed


def test_where_nobody_is_ever_there_staffed_time_does_not_pass() -> None:
    assert NOBODY.after(local(2, 9), HOUR) is None


@pytest.mark.parametrize(
    ("at", "step"),
    [
        (local(2, 12), EscalationStep.NONE),
        (local(2, 13, 59), EscalationStep.NONE),
        (local(2, 14), EscalationStep.REMIND),
        (local(3, 9, 59), EscalationStep.REMIND),
        (local(3, 10), EscalationStep.ESCALATE),
        (local(4, 12), EscalationStep.ADMINISTRATOR),
    ],
)
def test_an_alert_of_monday_morning_climbs_with_staffed_time(at: datetime, step: EscalationStep) -> None:
    assert escalation_due(raised_at=local(2, 9), acknowledged_at=None, hours=OFFICE, at=at) is step


def test_nobody_is_reminded_of_an_alert_over_the_weekend() -> None:
    raised, at = local(6, 11), local(9, 9)
    assert escalation_due(raised_at=raised, acknowledged_at=None, hours=OFFICE, at=at) is EscalationStep.NONE


def test_an_acknowledged_alert_climbs_no_further() -> None:
    step = escalation_due(raised_at=local(2, 9), acknowledged_at=local(2, 10), hours=OFFICE, at=local(20, 9))
    assert step is EscalationStep.NONE


def test_a_closed_center_is_heard_of_after_five_days_by_the_clock() -> None:
    for at, step in ((local(6, 23), EscalationStep.NONE), (local(7, 9), EscalationStep.ADMINISTRATOR)):
        assert escalation_due(raised_at=local(2, 9), acknowledged_at=None, hours=NOBODY, at=at) is step


@given(moments, spans, spans)
def test_escalation_never_goes_back(raised: datetime, one: timedelta, other: timedelta) -> None:
    earlier, later = (
        list(EscalationStep).index(
            escalation_due(raised_at=raised, acknowledged_at=None, hours=OFFICE, at=raised + waited)
        )
        for waited in sorted((one, other))
    )
    assert earlier <= later
