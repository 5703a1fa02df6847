"""At which times of the week a person's sessions lay above or below their usual. Pure: knows no pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from statistics import median

from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import DEFAULT, Level

WEEKDAYS = range(7)
HOURS_A_PART = 6


class Part(StrEnum):
    """A quarter of the day, in the order of a day that begins at six."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


_BY_CLOCK = (Part.NIGHT, Part.MORNING, Part.AFTERNOON, Part.EVENING)


def part_of(at: datetime) -> Part:
    """Morning from 6, afternoon from 12, evening from 18, night from 0, by the clock of its own zone."""
    return _BY_CLOCK[at.hour // HOURS_A_PART]


@dataclass(frozen=True, slots=True)
class Slot:
    """One quarter of one weekday. `level` is None where nobody was there, UNKNOWN where nothing was told."""

    weekday: int
    part: Part
    level: Level | None = None
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class WeekPattern:
    """All slots by part of the day; parts in which nothing ever happened are left out."""

    rows: Mapping[Part, tuple[Slot, ...]]

    @property
    def levels(self) -> tuple[Level, ...]:
        """Those that occur, the most tense first."""
        found = {slot.level for row in self.rows.values() for slot in row}
        return tuple(level for level in reversed(Level) if level in found)

    @property
    def has_empty(self) -> bool:
        """Whether at some time there never was a session."""
        return any(slot.level is None for row in self.rows.values() for slot in row)


def week_pattern(
    sessions: Sequence[JudgedSession], baseline: BaselineValues | None, zone: tzinfo
) -> WeekPattern | None:
    """The pattern in local time, from the sessions that count; None while there is no usual to hold it to."""
    if baseline is None or not sessions:
        return None
    found: dict[tuple[Part, int], list[JudgedSession]] = {}
    for session in sessions:
        if session.counts:
            local = session.started_at.astimezone(zone)
            found.setdefault((part_of(local), local.weekday()), []).append(session)
    parts = [part for part in Part if any(there == part for there, _ in found)]
    rows = {
        part: tuple(_slot(day, part, found.get((part, day), ()), baseline) for day in WEEKDAYS)
        for part in parts
    }
    return WeekPattern(rows) if rows else None


def _slot(weekday: int, part: Part, sessions: Sequence[JudgedSession], baseline: BaselineValues) -> Slot:
    if not sessions:
        return Slot(weekday, part)
    return Slot(weekday, part, level_together(sessions, baseline), len(sessions))


def level_together(sessions: Sequence[JudgedSession], baseline: BaselineValues) -> Level:
    """The band of the middle of several sessions; UNKNOWN where none of them could be told."""
    scores = [s.score for s in sessions if s.level is not Level.UNKNOWN and s.score is not None]
    return DEFAULT.band(baseline.z(median(scores)), Level.UNKNOWN) if scores else Level.UNKNOWN
