"""A class by week, as columns of bands. Pure: knows published shares, never a person or a count of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lti_tool.domain.stress import Level

# The most tense on top, as on every chart.
ROWS = (Level.HIGH, Level.RAISED, Level.USUAL, Level.LOWER)
WEEKS_SHOWN = 12
WEEK = timedelta(weeks=1)


SHAPE, SHAPES_IN_LINE = 12, 5


@dataclass(frozen=True, slots=True)
class Shape:
    """One tenth, at its upper left corner, in pixels."""

    level: Level
    x: int
    y: int


def in_lines(levels: Sequence[Level], left: int = 0, top: int = 0) -> tuple[Shape, ...]:
    """Shapes from a corner on, five to a line."""
    return tuple(
        Shape(level, left + SHAPE * (number % SHAPES_IN_LINE), top + SHAPE * (number // SHAPES_IN_LINE))
        for number, level in enumerate(levels)
    )


def tenths_words(tenths: int) -> str:
    """So many of ten."""
    # Translators: as short as can be: it stands in the cells of a narrow table.
    return _("%(tenths)d in 10") % {"tenths": tenths}


@dataclass(frozen=True, slots=True)
class PublishedWeek:
    """One finished week as it was published: shares in tens of per cent. A band not named is hidden."""

    start: date
    suppressed: bool
    shares: Mapping[Level, int]

    @property
    def tense(self) -> int | None:
        """The share above the usual, as far as it may be shown."""
        shown = [self.shares[level] for level in (Level.HIGH, Level.RAISED) if level in self.shares]
        return min(100, sum(shown)) if shown else None

    @property
    def tense_is_whole(self) -> bool:
        """Whether both bands above the usual are shown, so that their sum is all of it."""
        return Level.HIGH in self.shares and Level.RAISED in self.shares


@dataclass(frozen=True, slots=True)
class Cell:
    """One band in one week: `tenths` shapes of ten, or None where it is hidden."""

    level: Level
    tenths: int | None

    @property
    def words(self) -> str:
        """What the cell says beside its shapes."""
        return _("not shown") if self.tenths is None else tenths_words(self.tenths)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """One for each tenth."""
        return in_lines((self.level,) * (self.tenths or 0))


@dataclass(frozen=True, slots=True)
class Column:
    """One week. `published` is None where no picture was made."""

    start: date
    published: PublishedWeek | None

    @property
    def open(self) -> bool:
        """Whether there is anything to see."""
        return self.published is not None and not self.published.suppressed

    @property
    def reason(self) -> str:
        """Why there is nothing to see."""
        return _("no picture") if self.published is None else _("too few, or too much alike")

    def cell(self, level: Level) -> Cell:
        """One band of this week."""
        share = self.published.shares.get(level) if self.published else None
        return Cell(level, None if share is None else round(share / 10))


@dataclass(frozen=True, slots=True)
class Row:
    """One band over all weeks."""

    level: Level
    cells: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True, slots=True)
class ClassPicture:
    """What an instructor sees."""

    columns: tuple[Column, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Bands from the most tense to the calmest."""
        return tuple(
            Row(level, tuple((column, column.cell(level)) for column in self.columns)) for level in ROWS
        )

    @property
    def open_weeks(self) -> tuple[PublishedWeek, ...]:
        """Weeks with something to see, oldest first."""
        return tuple(column.published for column in self.columns if column.published and column.open)


def picture_of(weeks: Sequence[PublishedWeek]) -> ClassPicture:
    """The last weeks up to the newest published one; a week without a picture keeps its column."""
    if not weeks:
        return ClassPicture(())
    by_start = {week.start: week for week in weeks}
    newest, oldest = max(by_start), min(by_start)
    starts = [newest - number * WEEK for number in range(WEEKS_SHOWN)]
    shown = sorted(start for start in starts if start >= oldest)
    return ClassPicture(tuple(Column(start, by_start.get(start)) for start in shown))
