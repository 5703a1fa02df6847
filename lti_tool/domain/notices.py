"""How loudly an alert is told: at once, or in the day's digest. None is ever dropped. Knows no addresses."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lti_tool.domain.staffing import StaffedHours

WEEKLY_BUDGET = 10
"""Immediate notices for one counselor in one week: more than two a working day are no longer read."""


class Delivery(StrEnum):
    """How a counselor is told."""

    AT_ONCE = "at_once"
    DIGEST = "digest"


def within_budget(told_this_week: int, budget: int = WEEKLY_BUDGET) -> bool:
    """Whether one more may be told at once."""
    return told_this_week < budget


def delivery(
    *, told_this_week: int, asked_for_contact: bool = False, budget: int = WEEKLY_BUDGET
) -> Delivery:
    """How to tell one alert. Whoever asked for contact is never kept waiting by others' alerts."""
    at_once = asked_for_contact or within_budget(told_this_week, budget)
    return Delivery.AT_ONCE if at_once else Delivery.DIGEST


def week_began(at: datetime, zone: ZoneInfo) -> datetime:
    """The Monday, there, in which `at` lies: the budget is counted from then on."""
    local = at.astimezone(zone)
    return datetime.combine(local.date() - timedelta(days=local.weekday()), time(), zone)


def digest_due(*, waiting: int, last_digest: datetime | None, hours: StaffedHours, at: datetime) -> bool:
    """Whether the digest goes out: something waits, somebody is there, and there was none today."""
    if not waiting or not hours.is_staffed(at):
        return False
    today = at.astimezone(hours.zone).date()
    return last_digest is None or last_digest.astimezone(hours.zone).date() < today
