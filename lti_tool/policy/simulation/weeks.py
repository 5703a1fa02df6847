"""An invented student's sessions: when the camera was on, and what was measured. Writes nothing anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import exp, sqrt
from random import Random
from typing import Final

from lti_tool.policy.simulation.people import DAYS, WEEKS, Person

TERM_BEGINS: Final = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday
SESSION: Final = timedelta(minutes=40)
WORKDAYS: Final = 5
WEEKEND_SHARE: Final = 0.3  # how much rarer a session is then
AWAY_SHARE: Final = 0.08  # of weeks without any session
HARD_WEEKS: Final = frozenset({3, 7, 11})  # something is due: everybody thinks harder
HARD_TASK: Final = {True: 0.4, False: 0.1}
MOVES_A_WEEK: Final = 0.15  # how often somebody works in the other room from now on

# The measuring library's interval: Student's 97.5th percentile times the frames' spread by the root of their
# number, the spread never under LEAST_SPREAD. See docs/model/score.md.
STUDENT: Final = {3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365}
LEAST_SPREAD: Final = 0.02
FRAME_SPREAD: Final = 0.03
SNIPPET_NOISE: Final = 0.006  # what is left of a snippet's error in the middle of a session


@dataclass(frozen=True, slots=True)
class Measured:
    """One session. The score and its ends are None where too little could be seen."""

    started_at: datetime
    score: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def ended_at(self) -> datetime:
        return self.started_at + SESSION

    @property
    def week(self) -> int:
        """Of the term, from 0."""
        return (self.started_at - TERM_BEGINS).days // 7


def sessions_of(person: Person, random: Random) -> Iterator[Measured]:
    """The sessions of a term, oldest first."""
    away = [random.random() < AWAY_SHARE for _ in range(WEEKS)]
    elsewhere = False
    for day in range(DAYS):
        if day % 7 == 0 and random.random() < MOVES_A_WEEK:
            elsewhere = not elsewhere
        if not away[day // 7] and random.random() < _likelihood(person, day):
            began = TERM_BEGINS + timedelta(
                days=day, hours=random.randint(8, 19), minutes=random.randrange(60)
            )
            yield _measured(person, day, elsewhere, began, random)


def _likelihood(person: Person, day: int) -> float:
    weekend = day % 7 >= WORKDAYS
    return min(1.0, person.rate * (WEEKEND_SHARE if weekend else 1) / (WORKDAYS + 2 * WEEKEND_SHARE))


def _measured(person: Person, day: int, elsewhere: bool, began: datetime, random: Random) -> Measured:
    if random.random() < person.dark:
        return Measured(began)
    middle = person.usual + person.spread * _rise(person, day, random)
    score = random.gauss(middle, SNIPPET_NOISE) + (person.room_shift if elsewhere else 0.0)
    frames = random.choices((3, 4, 5, 6, 7, 8), weights=(1, 1, 2, 3, 6, 24))[0]
    spread = max(LEAST_SPREAD, FRAME_SPREAD * exp(random.gauss(0, 0.4)))
    reach = STUDENT[frames] * spread / sqrt(frames)
    score = min(1.0, max(0.0, score))
    return Measured(began, score, max(0.0, score - reach), min(1.0, score + reach))


def _rise(person: Person, day: int, random: Random) -> float:
    """How many of their own spreads this session lies above what was usual at the beginning of the term."""
    rise = random.gauss(0, 1) + person.drift * day / DAYS
    since, shift = person.new_camera
    if day >= since:
        rise += shift
    if random.random() < HARD_TASK[day // 7 in HARD_WEEKS]:
        rise += person.concentrates
    if person.episode:
        rise += person.episode.size * person.episode.strength(day) * random.uniform(0.6, 1.2)
    return rise
