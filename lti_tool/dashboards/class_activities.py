"""Activities of a class by week. Pure: knows published shares, titles and dates, never a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from lti_tool.dashboards.class_picture import Shape, in_lines
from lti_tool.domain.stress import Level

TEN = 10
WEEK = timedelta(weeks=1)
HARD = 4


class Shown(StrEnum):
    """What one cell tells."""

    SHARE = "share"
    FEW = "few"
    HIDDEN = "hidden"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class ActivityCell:
    """One activity in one week. `tenths` of ten were above their own usual; None unless a share is shown."""

    shown: Shown
    tenths: int | None = None
    due: date | None = None

    @property
    def marks(self) -> tuple[Level, ...]:
        """Ten shapes, those above their usual first; none where nothing is shown."""
        if self.shown not in {Shown.SHARE, Shown.FEW}:
            return ()
        above = self.tenths or 0
        return (Level.RAISED,) * above + (Level.USUAL,) * (TEN - above)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Where they lie."""
        return in_lines(self.marks)


@dataclass(frozen=True, slots=True)
class PublishedActivity:
    """One place of the course, and what was published of it by the first day of each week."""

    title: str
    difficulty: int | None
    due: date | None
    weeks: Mapping[date, ActivityCell]

    @property
    def share(self) -> float | None:
        """The middle of its weeks' shares, between 0 and 1; None where no share is shown."""
        tenths = [cell.tenths for cell in self.weeks.values() if cell.tenths is not None]
        return median(tenths) / TEN if tenths else None

    @property
    def few(self) -> bool:
        """Whether in all that may be shown of it there were few or none above their usual."""
        return {cell.shown for cell in self.weeks.values()} - {Shown.HIDDEN, Shown.NOT_YET} == {Shown.FEW}

    @property
    def hard(self) -> bool:
        """Whether its author marked it 4 or 5 in difficulty."""
        return self.difficulty is not None and self.difficulty >= HARD

    def due_in(self, start: date) -> date | None:
        """When it is due, if that is in the week that begins then."""
        return self.due if self.due is not None and start <= self.due < start + WEEK else None

    def cell(self, start: date) -> ActivityCell:
        """One week of it, with the day on which it is due."""
        found = self.weeks.get(start, ActivityCell(Shown.NOT_YET))
        return ActivityCell(found.shown, found.tenths, self.due_in(start))


def due_around(activities: Sequence[PublishedActivity], start: date) -> tuple[PublishedActivity | None, bool]:
    """The first activity that is due in the week that begins then, else in the one after it.

    The second value says whether it is the week itself.
    """
    for week, itself in ((start, True), (start + WEEK, False)):
        due = sorted((a for a in activities if a.due_in(week)), key=lambda a: (a.due or week, a.title))
        if due:
            return due[0], itself
    return None, False
