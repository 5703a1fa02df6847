"""Small-cell rules for anything an instructor sees. Knows levels of unnamed people, and forgets them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from lti_tool.domain.blur import REACH, Blurs
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


def class_bands(
    levels_by_student: Mapping[str, Level], k: int = CONTRIBUTORS_NEEDED, *, blur: Blurs
) -> ClassBands:
    """The bands of a class, with every cell that could single people out left out.

    Whatever the blur: behind a picture are `k` people or more, in a shown band SMALLEST_CELL or more.
    Raises ValueError for a `k` under the floor.
    """
    if k < CONTRIBUTORS_FLOOR:
        raise ValueError(f"A class picture needs at least {CONTRIBUTORS_FLOOR} contributors.")
    counts: Counter[Level] = Counter(
        level for level in levels_by_student.values() if level is not Level.UNKNOWN
    )
    contributors = counts.total()
    if contributors - blur.left_out() < k + blur.more_needed():
        return ClassBands({})
    blurred = {level: counts[level] + blur.shift(level) for level in CALM_TO_TENSE}
    shown = _cells_to_show(blurred, contributors)
    return ClassBands({level: _rounded_share(blurred[level], contributors) for level in shown})


def _cells_to_show(blurred: Mapping[Level, int], contributors: int) -> tuple[Level, ...]:
    """Drop small cells, then the next smallest until those who are hidden are enough to hide among.

    What is left over is told apart from nobody only where it is more than the blur could be.
    """
    shown = [level for level in CALM_TO_TENSE if blurred[level] >= SMALLEST_CELL + REACH]
    hidden = contributors - sum(blurred[level] for level in shown)
    while REACH < hidden < SMALLEST_CELL and shown not in ([], [Level.USUAL]):
        smallest = min(shown, key=lambda level: (blurred[level], level is Level.USUAL))
        shown.remove(smallest)
        hidden += blurred[smallest]
    return tuple(level for level in shown if _may_stand_alone(level, blurred, contributors))


def _may_stand_alone(level: Level, blurred: Mapping[Level, int], contributors: int) -> bool:
    """A band that holds nearly everybody says it of each of them; only "your usual" hurts nobody."""
    return level is Level.USUAL or contributors - blurred[level] >= SMALLEST_CELL + REACH


def _rounded_share(count: int, total: int) -> int:
    return min(TOP, max(STEP, STEP * round(100 * count / total / STEP)))
