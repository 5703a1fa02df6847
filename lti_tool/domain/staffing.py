"""When somebody is there, and how long an alert may wait. Weekly hours in one time zone; knows no people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from lti_tool.core.words import gettext

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD = timedelta(days=60)
_PART = re.compile(r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A stretch of one weekday, Monday is 0. It does not reach over midnight."""

    weekday: int
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not (0 <= self.weekday < 7 and self.opens < self.closes):
            unclear = gettext("Hours must open before they close, on a day from Monday, 0, to Sunday, 6.")
            raise ValueError(unclear)


@dataclass(frozen=True, slots=True)
class StaffedHours:
    """The hours of a counseling center. All moments that go in or come out are aware."""

    openings: tuple[Opening, ...]
    zone: ZoneInfo
    closed_on: frozenset[date] = frozenset()

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo, closed_on: frozenset[date] = frozenset()) -> Self:
        """Hours as they are written: "mon-fri 09:00-12:00; mon-thu 13:00-17:00". Raises ValueError."""
        parts = [part.strip() for part in text.lower().split(";") if part.strip()]
        openings = {opening for part in parts for opening in _openings(part)}
        return cls(tuple(sorted(openings)), zone, closed_on)

    def is_staffed(self, at: datetime) -> bool:
        """Whether somebody is there."""
        return any(opens <= at < closes for opens, closes in self._stretches(at, at))

    def staffed_time_between(self, a: datetime, b: datetime) -> timedelta:
        """How much of the time from `a` to `b` somebody was there; nothing when `b` is not after `a`."""
        parts = (min(closes, b) - max(opens, a) for opens, closes in self._stretches(a, b))
        return sum((part for part in parts if part > timedelta(0)), timedelta(0))

    def next_opening(self, at: datetime) -> datetime | None:
        """When somebody is there again: `at` itself while staffed, None when nobody is for two months."""
        stretches = self._stretches(at, at + LOOK_AHEAD)
        return next((max(opens, at) for opens, closes in stretches if closes > at), None)

    def after(self, start: datetime, staffed: timedelta) -> datetime | None:
        """The moment at which so much staffed time has passed since `start`; None when not in two months."""
        left = staffed
        for opens, closes in self._stretches(start, start + LOOK_AHEAD):
            begins = max(opens, start)
            if closes - begins >= left:
                return begins + left
            left -= max(closes - begins, timedelta(0))
        return None

    def _stretches(self, a: datetime, b: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of each day from that of `a` to that of `b`, in order, apart, in UTC.

        UTC, because the difference of two local times ignores that clocks are put forward and back.
        """
        day, last = a.astimezone(self.zone).date(), b.astimezone(self.zone).date()
        while day <= last:
            if day not in self.closed_on:
                yield from _apart([self._on(day, o) for o in self.openings if o.weekday == day.weekday()])
            day += timedelta(days=1)

    def _on(self, day: date, opening: Opening) -> tuple[datetime, datetime]:
        opens, closes = (
            datetime.combine(day, moment, self.zone).astimezone(UTC)
            for moment in (opening.opens, opening.closes)
        )
        return opens, closes


def _openings(part: str) -> Iterator[Opening]:
    found = _PART.fullmatch(part)
    if found is None or not {found["first"], found["last"] or "mon"} <= set(DAYS):
        raise ValueError(_unclear(part))
    first = DAYS.index(found["first"])
    last = DAYS.index(found["last"] or found["first"])
    try:
        opens, closes = (time.fromisoformat(found[name]) for name in ("opens", "closes"))
    except ValueError:  # four digits that are no time of a day: Python's own words are for programmers
        raise ValueError(_unclear(part)) from None
    yield from (Opening((first + n) % 7, opens, closes) for n in range((last - first) % 7 + 1))


def _unclear(part: str) -> str:
    # Translators: the days are typed in English, in whatever language the page is: do not translate them.
    return gettext('"%(hours)s" is not understood. Write hours like "mon-fri 09:00-17:00".') % {"hours": part}


def _apart(stretches: list[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """The same time in stretches that do not overlap, so that none of it is counted twice."""
    until: datetime | None = None
    for opens, closes in sorted(stretches):
        begins = max(opens, until) if until else opens
        if closes > begins:
            yield begins, closes
            until = closes


class EscalationStep(StrEnum):
    """Who hears of an alert that nobody has acknowledged."""

    NONE = "none"
    REMIND = "remind"  # the same counselors again
    ESCALATE = "escalate"  # everybody of the counseling center, its lead first
    ADMINISTRATOR = "administrator"  # whoever answers for the deployment: nobody seems to be there


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """How much staffed time may pass. `at_latest` is by the clock: even closed centers must not be silent."""

    remind_after: timedelta = timedelta(hours=4)
    escalate_after: timedelta = timedelta(hours=8)
    administrator_after: timedelta = timedelta(hours=16)
    at_latest: timedelta = timedelta(days=5)


ESCALATION = EscalationPolicy()


def escalation_due(
    *,
    raised_at: datetime,
    acknowledged_at: datetime | None,
    hours: StaffedHours,
    policy: EscalationPolicy = ESCALATION,
    at: datetime,
) -> EscalationStep:
    """The furthest step that is due at `at`. Whoever sends notices remembers which steps were taken."""
    if acknowledged_at is not None and acknowledged_at <= at:
        return EscalationStep.NONE
    waited = hours.staffed_time_between(raised_at, at)
    if waited >= policy.administrator_after or at - raised_at >= policy.at_latest:
        return EscalationStep.ADMINISTRATOR
    if waited >= policy.escalate_after:
        return EscalationStep.ESCALATE
    return EscalationStep.REMIND if waited >= policy.remind_after else EscalationStep.NONE
