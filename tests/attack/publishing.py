"""Ways to publish a term: the tool's own, and three that a test must find broken."""

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

from lti_tool.domain.aggregation import CALM_TO_TENSE, class_bands
from lti_tool.domain.blur import Blur
from lti_tool.domain.stress import Level
from tests.attack.term import WEEKS, Term

Shares = Mapping[Level, int]
Week = tuple[Shares, ...]
"""One week as it was seen at each look, the first right after it was over."""
Seen = tuple[tuple[Week, ...], ...]
"""By course and week: everything that an instructor of all three courses ever sees."""
Publishing = Callable[[Term, Random], Seen]


class Still:
    """No blur: the rules alone."""

    def more_needed(self) -> int:
        return 0

    def left_out(self) -> int:
        return 0

    def shift(self, _level: Level) -> int:
        return 0


STILL = Still()


def as_the_tool_does(term: Term, random: Random) -> Seen:
    """Once, when the week is over."""
    secret = random.randbytes(32)
    return tuple(
        tuple(
            (_bands([c.level for c in week], Blur(secret, str(course), str(number))),)
            for number, week in enumerate(weeks)
        )
        for course, weeks in enumerate(term.weeks)
    )


def without_blur(term: Term, _random: Random) -> Seen:
    """The same rules with their exact edges."""
    return tuple(tuple((_bands([c.level for c in week], STILL),) for week in weeks) for weeks in term.weeks)


def live(term: Term, _random: Random) -> Seen:
    """The same rules, computed anew at each look: who erased their file is gone from earlier weeks, too."""
    return tuple(
        tuple(
            tuple(
                _bands([c.level for c in week if c.gone_from > look], STILL) for look in range(number, WEEKS)
            )
            for number, week in enumerate(weeks)
        )
        for weeks in term.weeks
    )


def for_anybody(term: Term, _random: Random) -> Seen:
    """Shares of whoever took part, were it one."""
    return tuple(tuple((_exact([c.level for c in week]),) for week in weeks) for weeks in term.weeks)


def _bands(levels: list[Level], blur: Blur | Still) -> Shares:
    return class_bands({str(number): level for number, level in enumerate(levels)}, blur=blur).shares


def _exact(levels: list[Level]) -> Shares:
    counts = Counter(levels)
    return {level: round(100 * counts[level] / len(levels)) for level in CALM_TO_TENSE if levels}
