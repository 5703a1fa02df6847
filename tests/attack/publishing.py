"""Ways to publish a term: the tool's own, and those that a test must find broken."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from lti_tool.domain.activities import TWO_BANDS, ActivityShare, activity_shares
from lti_tool.domain.aggregation import CALM_TO_TENSE, ClassBands, class_bands
from lti_tool.domain.blur import Blur, Blurs
from lti_tool.domain.stress import Level
from tests.attack.term import ACTIVITIES, WEEKS, Contribution, Term

Shares = Mapping[Level, int]
Week = tuple[Shares, ...]
"""One week as it was seen at each look, the first right after it was over."""
Activities = tuple[Shares, ...]
"""One week's, in the order of their numbers."""
NAMES = tuple(map(str, range(ACTIVITIES)))


class Seen(NamedTuple):
    """By course and week: everything that an instructor of all three courses ever sees.

    The sentences, the picture and the table to take along are made of it and of nothing else.
    """

    weeks: tuple[tuple[Week, ...], ...]
    activities: tuple[tuple[Activities, ...], ...] = ()


Publishing = Callable[[Term, Random], Seen]


class Still:
    """No blur: the rules alone."""

    def more_needed(self) -> int:
        return 0

    def left_out(self) -> int:
        return 0

    def shift(self, _level: Level) -> int:
        return 0

    def outside_needed(self) -> int:
        return 0


STILL = Still()


def as_the_tool_does(term: Term, random: Random) -> Seen:
    """Once, when the week is over: the week, and its activities."""
    secret = random.randbytes(32)
    seen = [
        [_week_and_activities(week, secret, str(course), str(number)) for number, week in enumerate(weeks)]
        for course, weeks in enumerate(term.weeks)
    ]
    return Seen(
        tuple(tuple((week,) for week, _ in weeks) for weeks in seen),
        tuple(tuple(activities for _, activities in weeks) for weeks in seen),
    )


def weeks_alone(term: Term, random: Random) -> Seen:
    """The same without any activity."""
    return Seen(as_the_tool_does(term, random).weeks)


def activities_like_weeks(term: Term, random: Random) -> Seen:
    """Each activity by the rules of a week, with a blur of its own, whatever is shown beside it."""
    secret = random.randbytes(32)
    return Seen(
        as_the_tool_does(term, Random(random.random())).weeks,  # noqa: S311 -- a simulation
        _activities(
            term,
            lambda part, course, week, name: _bands(part, Blur(secret, f"{course}/{name}", str(week))).shares,
        ),
    )


def activities_of_anybody(term: Term, random: Random) -> Seen:
    """Shares of whoever did an activity, were it one."""
    return Seen(
        weeks_alone(term, random).weeks,
        _activities(term, lambda part, *_: _exact(part)),
    )


def without_blur(term: Term, _random: Random) -> Seen:
    """The rules of a week with their exact edges."""
    return Seen(tuple(tuple((_still(week),) for week in weeks) for weeks in term.weeks))


def live(term: Term, _random: Random) -> Seen:
    """The same rules, computed anew at each look: who erased their file is gone from earlier weeks, too."""
    return Seen(
        tuple(
            tuple(
                tuple(_still([c for c in week if c.gone_from > look]) for look in range(number, WEEKS))
                for number, week in enumerate(weeks)
            )
            for weeks in term.weeks
        )
    )


def for_anybody(term: Term, _random: Random) -> Seen:
    """Shares of whoever took part, were it one."""
    return Seen(tuple(tuple((_exact([c.level for c in week]),) for week in weeks) for weeks in term.weeks))


def _week_and_activities(
    week: Sequence[Contribution], secret: bytes, course: str, number: str
) -> tuple[Shares, Activities]:
    picture = _bands([c.level for c in week], Blur(secret, course, number))
    parts = {name: _part(week, int(name)) for name in NAMES}
    levels = {name: {str(i): level for i, level in enumerate(part)} for name, part in parts.items()}
    shares = activity_shares(
        levels,
        week=picture,
        contributors=len(week),
        blurs={name: Blur(secret, course, number, activity=name) for name in NAMES},
    )
    return picture.shares, tuple(_seen(shares[name]) for name in NAMES)


def _seen(share: ActivityShare) -> Shares:
    """Nothing, or the share above the usual: none where it was too few to show."""
    return {} if share.suppressed else {Level.RAISED: share.above or 0}


def _activities(
    term: Term, shown: Callable[[list[Level], int, int, str], Shares]
) -> tuple[tuple[Activities, ...], ...]:
    return tuple(
        tuple(
            tuple(
                shown([TWO_BANDS[level] for level in _part(week, int(name))], course, number, name)
                for name in NAMES
            )
            for number, week in enumerate(weeks)
        )
        for course, weeks in enumerate(term.weeks)
    )


def _part(week: Sequence[Contribution], activity: int) -> list[Level]:
    return [c.level for c in week if c.activity == activity]


def _still(week: Sequence[Contribution]) -> Shares:
    return _bands([c.level for c in week], STILL).shares


def _bands(levels: list[Level], blur: Blurs) -> ClassBands:
    return class_bands({str(number): level for number, level in enumerate(levels)}, blur=blur)


def _exact(levels: list[Level]) -> Shares:
    counts = Counter(levels)
    return {level: round(100 * counts[level] / len(levels)) for level in CALM_TO_TENSE if levels}
