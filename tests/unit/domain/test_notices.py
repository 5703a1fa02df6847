"""How loudly an alert is told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.notices import (
    WEEKLY_BUDGET,
    Delivery,
    delivery,
    digest_due,
    week_began,
    within_budget,
)
from lti_tool.domain.staffing import StaffedHours

VIENNA = ZoneInfo("Europe/Vienna")
OFFICE = StaffedHours.parse("mon-fri 09:00-17:00", VIENNA)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=VIENNA)


@given(st.integers(0, 60), st.integers(0, 20))
def test_of_a_weeks_alerts_at_most_the_budget_is_told_at_once_and_none_is_dropped(
    alerts: int, budget: int
) -> None:
    ways: list[Delivery] = []
    for _ in range(alerts):
        ways.append(delivery(told_this_week=ways.count(Delivery.AT_ONCE), budget=budget))
    assert ways.count(Delivery.AT_ONCE) == min(alerts, budget)
    assert len(ways) == alerts


def test_the_budget_is_ten_a_week() -> None:
    assert within_budget(WEEKLY_BUDGET - 1)
    assert not within_budget(WEEKLY_BUDGET)


def test_whoever_asked_for_contact_does_not_wait_for_the_digest() -> None:
    assert delivery(told_this_week=99, asked_for_contact=True) is Delivery.AT_ONCE


def test_a_week_begins_on_monday_there() -> None:
    assert week_began(datetime(2026, 3, 8, 22, 59, tzinfo=UTC), VIENNA) == MONDAY.replace(hour=0)
    assert week_began(datetime(2026, 3, 8, 23, tzinfo=UTC), VIENNA) == MONDAY.replace(day=9, hour=0)


@pytest.mark.parametrize(
    ("waiting", "last", "at", "due"),
    [
        (1, None, MONDAY, True),
        (0, None, MONDAY, False),
        (1, None, MONDAY - timedelta(minutes=1), False),
        (1, MONDAY, MONDAY + timedelta(hours=3), False),
        (1, MONDAY, MONDAY + timedelta(days=1), True),
    ],
)
def test_a_digest_goes_out_once_a_day_while_somebody_is_there(
    waiting: int, last: datetime | None, at: datetime, due: bool
) -> None:
    assert digest_due(waiting=waiting, last_digest=last, hours=OFFICE, at=at) is due
