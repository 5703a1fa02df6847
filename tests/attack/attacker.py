"""Learns from worlds whose answer it is told, then guesses in others. Knows how worlds are drawn."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import fmean

from lti_tool.domain.stress import Level
from tests.attack.publishing import Seen, Shares
from tests.attack.term import MIDDLE

TENSE = (Level.RAISED, Level.HIGH)
Statistic = Callable[[Seen], float]


@dataclass(frozen=True, slots=True)
class World:
    """What was seen, and what the coin said."""

    seen: Seen
    heads: bool


def _once(seen: Seen, course: int) -> list[Shares]:
    return [week[0] for week in seen.weeks[course]]


def _tense(shares: Shares) -> int:
    return sum(shares.get(level, 0) for level in TENSE)


def _usual(shares: Shares) -> int:
    return shares.get(Level.USUAL, 0)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return fmean(found) if found else -1.0


def open_weeks(seen: Seen) -> float:
    """Counting: in how many weeks there was anything to see."""
    return sum(map(bool, _once(seen, 0)))


def open_before_and_after(seen: Seen) -> float:
    """Differencing of the edge: did weeks open or close in the middle?"""
    opened = [bool(shares) for shares in _once(seen, 0)]
    return sum(opened[:MIDDLE]) - sum(opened[MIDDLE:])


def bands_shown(seen: Seen) -> float:
    """Counting cells: one more person can open one."""
    return sum(map(len, _once(seen, 0)))


def tense_over_the_term(seen: Seen) -> float:
    """Averaging, which takes away whatever is drawn anew each week."""
    return _mean(_tense(shares) for shares in _once(seen, 0) if shares)


def usual_over_the_term(seen: Seen) -> float:
    """The same of the band that is hidden last."""
    return _mean(_usual(shares) for shares in _once(seen, 0) if shares)


def tense_in_two_courses(seen: Seen) -> float:
    """Averaging over courses that the target shares."""
    return _mean(_tense(shares) for course in (0, 2) for shares in _once(seen, course) if shares)


def against_the_other_section(seen: Seen) -> float:
    """Differencing of two sections of one course."""
    return tense_over_the_term(seen) - _mean(_tense(shares) for shares in _once(seen, 1) if shares)


def before_and_after(seen: Seen) -> float:
    """Differencing of two halves of a term."""
    weeks = _once(seen, 0)
    return _mean(map(_usual, filter(None, weeks[:MIDDLE]))) - _mean(map(_usual, filter(None, weeks[MIDDLE:])))


def the_known_week(seen: Seen) -> float:
    """One week against its neighbours."""
    weeks = _once(seen, 0)
    others = [shares for number, shares in enumerate(weeks) if shares and number != MIDDLE]
    return _tense(weeks[MIDDLE]) - _mean(map(_tense, others))


def changes_of_what_was_seen(seen: Seen) -> float:
    """Differencing of two looks at one week: what a page that is computed anew gives away."""
    looks = [pair for course in (0, 2) for week in seen.weeks[course] for pair in pairwise(week)]
    return sum(before != after for before, after in looks)


def changes_in_the_middle(seen: Seen) -> float:
    """The same at the moment at which the target is said to have left."""
    return sum(
        week[MIDDLE - number - 1] != week[MIDDLE - number]
        for course in (0, 2)
        for number, week in enumerate(seen.weeks[course][:MIDDLE])
        if len(week) > 1
    )


def _pieces(seen: Seen, activity: int) -> list[tuple[Shares, Shares]]:
    """An activity beside its week, in the target's course."""
    if not seen.activities:
        return []
    return [(week, parts[activity]) for week, parts in zip(_once(seen, 0), seen.activities[0], strict=True)]


def _tense_of(activity: int) -> Statistic:
    def tense_in_the_activity(seen: Seen) -> float:
        return _mean(_tense(part) for _, part in _pieces(seen, activity) if part)

    return tense_in_the_activity


def _open_cells(activity: int) -> Statistic:
    def open_cells_of_the_activity(seen: Seen) -> float:
        return sum(len(part) for _, part in _pieces(seen, activity))

    return open_cells_of_the_activity


def _week_less(activity: int) -> Statistic:
    def week_less_the_activity(seen: Seen) -> float:
        return _mean(_tense(week) - _tense(part) for week, part in _pieces(seen, activity) if week and part)

    return week_less_the_activity


def _opened_in_the_middle(activity: int) -> Statistic:
    def opened_or_closed(seen: Seen) -> float:
        opened = [bool(part) for _, part in _pieces(seen, activity)]
        return sum(opened[:MIDDLE]) - sum(opened[MIDDLE:])

    return opened_or_closed


def _known_week_of(activity: int) -> Statistic:
    def the_known_week_of_the_activity(seen: Seen) -> float:
        parts = [part for _, part in _pieces(seen, activity)]
        if not parts:
            return -1.0
        others = [part for number, part in enumerate(parts) if part and number != MIDDLE]
        return _tense(parts[MIDDLE]) - _mean(map(_tense, others))

    return the_known_week_of_the_activity


def one_activity_less_the_other(seen: Seen) -> float:
    """Differencing of two parts of a week."""
    pairs = zip(_pieces(seen, 0), _pieces(seen, 1), strict=True)
    return _mean(_tense(one) - _tense(other) for (_, one), (_, other) in pairs if one and other)


def all_looks_together(seen: Seen) -> float:
    """Averaging over the week and the target's activity, in both courses."""
    if not seen.activities:
        return -1.0
    parts = [week[0] for course in (0, 2) for week in seen.activities[course]]
    wholes = [shares for course in (0, 2) for shares in _once(seen, course)]
    return _mean(_tense(shares) for shares in parts + wholes if shares)


OF_ACTIVITIES: tuple[Statistic, ...] = (
    *(
        make(activity)
        for make in (_tense_of, _open_cells, _week_less, _opened_in_the_middle, _known_week_of)
        for activity in (0, 1)
    ),
    one_activity_less_the_other,
    all_looks_together,
)
STATISTICS: tuple[Statistic, ...] = (
    open_weeks,
    open_before_and_after,
    bands_shown,
    tense_over_the_term,
    usual_over_the_term,
    tense_in_two_courses,
    against_the_other_section,
    before_and_after,
    the_known_week,
    changes_of_what_was_seen,
    changes_in_the_middle,
    *OF_ACTIVITIES,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Heads when the statistic is at or over the edge, or under it."""

    statistic: Statistic
    edge: float
    over: bool

    def __call__(self, seen: Seen) -> bool:
        return (self.statistic(seen) >= self.edge) == self.over


def likelihood(worlds: Sequence[World]) -> Statistic:
    """How much more often each week's picture was seen with heads than with tails, all weeks together."""
    tables = {True: Counter[object](), False: Counter[object]()}
    for world in worlds:
        tables[world.heads].update(_pictures(world.seen))

    def likelihood_of_the_pictures(seen: Seen) -> float:
        return sum(log((tables[True][p] + 1) / (tables[False][p] + 1)) for p in _pictures(seen))

    return likelihood_of_the_pictures


def _pictures(seen: Seen) -> Iterable[object]:
    for course in (0, 2):
        for number, week in enumerate(seen.weeks[course]):
            when = (course, number >= MIDDLE, number == MIDDLE)
            yield (*when, tuple(week[0].items()))
            for activity, part in enumerate(seen.activities[course][number] if seen.activities else ()):
                yield (*when, activity, tuple(part.items()))
                if part:
                    yield (*when, activity, "beside its week", _tense(week[0]), _tense(part))


def learn(worlds: Sequence[World]) -> Guess:
    """The statistic and the edge that tell most."""
    half = len(worlds) // 2
    # What is learned from a world tells too much of that world: its edge is found in others.
    learned = _best_edge(likelihood(worlds[:half]), worlds[half:])
    return max([learned, *(_best_edge(s, worlds) for s in STATISTICS)], key=lambda found: found[0])[1]


def _best_edge(statistic: Statistic, worlds: Sequence[World]) -> tuple[float, Guess]:
    """The share of right guesses at the best edge. One walk over the values, however many there are."""
    heads, tails = Counter[float](), Counter[float]()
    for world in worlds:
        (heads if world.heads else tails)[statistic(world.seen)] += 1
    right_if_over, found = heads.total(), []
    for edge in sorted(heads.keys() | tails.keys()):
        share = right_if_over / len(worlds)
        found.append((max(share, 1 - share), Guess(statistic, edge, over=share >= 0.5)))
        right_if_over += tails[edge] - heads[edge]
    return max(found, key=lambda rated: rated[0])


def advantage(guess: Guess, worlds: Sequence[World]) -> float:
    """How much better than a coin: 0 is nothing, 1 is always right."""
    return 2 * fmean(guess(world.seen) == world.heads for world in worlds) - 1
