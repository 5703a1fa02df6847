"""Small-cell rules for anything an instructor sees. Knows levels of unnamed people, and forgets them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from lti_tool.domain.stress import Level

CONTRIBUTORS_NEEDED = 10
CONTRIBUTORS_FLOOR = 5  # nobody can configure fewer
SMALLEST_CELL = 5
OBSERVATIONS_PER_WEEK = 3
STEP = 10  # shares are rounded to tens, so that one person cannot be seen to come or go
TOP = 90  # "all of them" would say it of each of them

CALM_TO_TENSE = (Level.LOWER, Level.USUAL, Level.RAISED, Level.HIGH)


@dataclass(frozen=True, slots=True)
class ClassBands:
    """What may be shown of a class: rounded shares in per cent. A band that is not named stays hidden.

    There is no number of people in it: next to the course's list it would tell how many refused.
    """

    shares: Mapping[Level, int]

    @property
    def suppressed(self) -> bool:
        """Nothing may be shown: too few took part, or they were too much alike."""
        return not self.shares


def is_too_small(class_size: int | None) -> bool:
    """Whether a course list is too short for any week to be shown. None: its length is not known."""
    return class_size is not None and class_size < CONTRIBUTORS_NEEDED


def level_of_week(levels: Sequence[Level]) -> Level:
    """One student's week: the highest band that held for at least a third of what could be told.

    UNKNOWN when there was too little, which keeps the student out of the class's picture.
    """
    known = sorted((level for level in levels if level is not Level.UNKNOWN), key=CALM_TO_TENSE.index)
    if len(known) < OBSERVATIONS_PER_WEEK:
        return Level.UNKNOWN
    return known[-ceil(len(known) / 3)]


def class_bands(levels_by_student: Mapping[str, Level], k: int = CONTRIBUTORS_NEEDED) -> ClassBands:
    """The bands of a class, with every cell that could single people out left out.

    Raises ValueError for a `k` under the floor.
    """
    if k < CONTRIBUTORS_FLOOR:
        raise ValueError(f"A class picture needs at least {CONTRIBUTORS_FLOOR} contributors.")
    counts: Counter[Level] = Counter(
        level for level in levels_by_student.values() if level is not Level.UNKNOWN
    )
    contributors = counts.total()
    if contributors < k:
        return ClassBands({})
    shown = _cells_to_show(counts)
    return ClassBands({level: _rounded_share(counts[level], contributors) for level in shown})


def _cells_to_show(counts: Counter[Level]) -> tuple[Level, ...]:
    """Drop small cells, then the next smallest until those who are hidden are enough to hide among."""
    shown = [level for level in CALM_TO_TENSE if counts[level] >= SMALLEST_CELL]
    hidden = counts.total() - sum(counts[level] for level in shown)
    while 0 < hidden < SMALLEST_CELL and shown not in ([], [Level.USUAL]):
        smallest = min(shown, key=lambda level: (counts[level], level is Level.USUAL))
        shown.remove(smallest)
        hidden += counts[smallest]
    return tuple(level for level in shown if _may_stand_alone(level, counts))


def _may_stand_alone(level: Level, counts: Counter[Level]) -> bool:
    """A band that holds nearly everybody says it of each of them; only "your usual" hurts nobody."""
    return level is Level.USUAL or counts.total() - counts[level] >= SMALLEST_CELL


def _rounded_share(count: int, total: int) -> int:
    return min(TOP, max(STEP, STEP * round(100 * count / total / STEP)))
