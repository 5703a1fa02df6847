"""How an invented student's weeks went: which sessions, and what was measured. Writes nothing anywhere.

Everything is drawn from a generator that the caller seeds, so that two demonstrations look alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from lti_tool.domain.baseline import MAD_FLOOR
from lti_tool.domain.stress import MeasuredStress

WEEKS: Final = 12
FRAMES: Final = 8
GENERATED: Final = "generated"
UTC: Final = ZoneInfo("UTC")
LECTURE_DAYS: Final = (0, 2, 3)
READING_WEEK: Final = 6
MID_TERM: Final = 8
EARLY: Final = (3, 5)
"""The weeks of those who were raised in the first half."""


class Story(Enum):
    """What happened to somebody over the term."""

    EVEN = "even"
    RAISED_LATELY = "raised lately"
    RAISED_EARLY = "raised in the first half, and helped"
    RAISED_FOR_NOTHING = "raised in the first half, by a lamp"
    RAISED_AND_BACK = "raised in the week of the mid-term, then back"
    GAPS = "often away"
    HARD_TO_SEE = "in a dark room"


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch with the camera on."""

    session_id: UUID
    measured: tuple[tuple[datetime, MeasuredStress], ...]

    @property
    def started_at(self) -> datetime:
        return self.measured[0][0]


@dataclass(frozen=True, slots=True)
class Temperament:
    """A person's usual score, and how much it moves from session to session."""

    usual: float
    spread: float

    @classmethod
    def draw(cls, random: Random) -> "Temperament":
        return cls(usual=random.uniform(0.2, 0.34), spread=random.uniform(0.012, 0.024))

    def raised_by(self, spreads: float) -> float:
        """The middle of a session so many spreads above the usual, counted as the tool counts them."""
        return self.usual + spreads * max(self.spread, MAD_FLOOR)


def sessions(story: Story, random: Random, *, until: date) -> Iterator[Session]:
    """The sessions of WEEKS whole weeks and of this one up to the day before `until`, oldest first."""
    temperament = Temperament.draw(random)
    first = until - timedelta(days=until.weekday(), weeks=WEEKS)
    for week in range(WEEKS + 1):
        for weekday in LECTURE_DAYS:
            day = first + timedelta(weeks=week, days=weekday)
            if day < until and _attends(story, week, random):
                yield _session(story, temperament, random, day, week)


def _attends(story: Story, week: int, random: Random) -> bool:
    likelihood = {Story.GAPS: 0.35, Story.HARD_TO_SEE: 0.7}.get(story, 0.8)
    # In the reading week hardly anybody comes: too few for a picture of the class.
    return random.random() < (0.03 if week == READING_WEEK else likelihood)


def _session(story: Story, person: Temperament, random: Random, day: date, week: int) -> Session:
    start = datetime.combine(day, time(9 + random.choice((0, 0, 1, 5)), random.randrange(60)), UTC)
    middle = random.gauss(person.raised_by(_rise(story, week)), person.spread)
    count = random.randint(3, 4)
    moments = [
        start + timedelta(minutes=11 * number, seconds=random.randrange(90)) for number in range(count)
    ]
    measured = tuple((moment, _measured(story, middle, random)) for moment in moments)
    return Session(UUID(int=random.getrandbits(128), version=4), measured)


def _rise(story: Story, week: int) -> float:
    """By how many of their own spreads somebody is above their usual in that week."""
    match story:
        case Story.RAISED_LATELY:
            return max(0.0, 3.0 * (week - WEEKS + 4))
        case Story.RAISED_EARLY | Story.RAISED_FOR_NOTHING:
            return 5.0 if EARLY[0] <= week <= EARLY[1] else 0.0
        case Story.RAISED_AND_BACK:
            return {MID_TERM: 2.0}.get(week, 0.0)
        case _:
            return 0.0


def said_after(story: Story, session: Session, random: Random) -> int:
    """What somebody says of themselves after a session, from 0 to 10: near to how it was, as people are."""
    scores = [measured.score for _, measured in session.measured if measured.score is not None]
    felt = 2.5 if not scores or story is Story.RAISED_FOR_NOTHING else 2.5 + 14 * (max(scores) - 0.28)
    return min(10, max(0, round(random.gauss(felt, 1.2))))


def _measured(story: Story, middle: float, random: Random) -> MeasuredStress:
    seen = random.choices(range(FRAMES + 1), weights=_sight(story))[0]
    if seen < FRAMES // 2:
        return _not_enough(seen)
    score = min(0.95, max(0.02, random.gauss(middle, 0.012)))
    half = random.uniform(0.03, 0.07) * (1.5 if seen < FRAMES else 1)
    reasons = {"too_dark": FRAMES - seen} if seen < FRAMES else {}
    return MeasuredStress(
        score=round(score, 4),
        low=round(max(0.0, score - half), 4),
        high=round(min(1.0, score + half), 4),
        frames=FRAMES,
        valid_frames=seen,
        coverage=seen / FRAMES,
        reasons=reasons,
        model_version=GENERATED,
        score_version=GENERATED,
    )


def _not_enough(seen: int) -> MeasuredStress:
    return MeasuredStress(
        score=None,
        low=None,
        high=None,
        frames=FRAMES,
        valid_frames=seen,
        coverage=seen / FRAMES,
        reasons={"too_dark": FRAMES - seen},
        model_version=GENERATED,
        score_version=GENERATED,
    )


def _sight(story: Story) -> tuple[int, ...]:
    """How likely it is that 0, 1, ... FRAMES frames show the face well enough."""
    dark = (2, 2, 3, 4, 4, 4, 3, 3, 3)
    return dark if story is Story.HARD_TO_SEE else (0, 0, 1, 1, 1, 2, 3, 6, 36)
