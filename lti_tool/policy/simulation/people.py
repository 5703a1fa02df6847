"""Invented students: their usual, their rooms, and when they are tense. Every number is an assumption.

None was fitted to people: no such data exists here. They are chosen so that the scores move as far as those
of the measuring library do (docs/model/score.md), and named so that anybody can argue with them.
"""

from dataclasses import dataclass
from math import exp
from random import Random

WEEKS = 12
DAYS = 7 * WEEKS

EPISODE_SHARE = 0.2  # of students have one spell of tension in the term
INVISIBLE_SHARE = 0.25  # of spells never show in the face
EPISODE_DAYS = (7, 14, 21, 35)
EPISODE_SIZES = (1.5, 2.5, 4.0)  # in the student's own spreads
FIRST_START, LAST_START = 21, 70  # days: a spell begins when a usual can be known, and not at the very end
CONCENTRATOR_SHARE = 0.3  # frown when they think hard, and are not tense
DRIFT_SHARE = 0.3  # whose usual moves over the term, by up to this many spreads
DRIFT_SIZE = 1.5
NEW_CAMERA_SHARE = 0.1  # get a new camera or room for good, which moves the score by up to so many spreads
NEW_CAMERA_SIZE = 3.0
DARK_SHARE = 0.15  # sit in bad light


@dataclass(frozen=True, slots=True)
class Episode:
    """A spell of tension, in days of the term. `size`: spreads above the usual; 0 when invisible."""

    start: int
    days: int
    size: float
    visible: bool

    @property
    def end(self) -> int:
        """The first day after it."""
        return self.start + self.days

    def strength(self, day: int) -> float:
        """How far it has come: it grows for three days, and is over at its end."""
        if not self.start <= day < self.end:
            return 0.0
        return min(1.0, (day - self.start + 1) / 3)


@dataclass(frozen=True, slots=True)
class Person:
    """One student. `usual`, `spread`: scores; `drift`: spreads over the term; `rate`: sessions a week."""

    usual: float
    spread: float
    rate: float
    drift: float
    concentrates: float  # by how many spreads thinking hard raises the face
    dark: float  # how likely a session shows too little
    room_shift: float  # what moving to the other room does to the score
    new_camera: tuple[int, float]  # from which day on, and by how many spreads
    episode: Episode | None

    @classmethod
    def draw(cls, random: Random) -> "Person":
        """Somebody."""
        concentrates = random.random() < CONCENTRATOR_SHARE
        drifts = random.random() < DRIFT_SHARE
        in_the_dark = random.random() < DARK_SHARE
        return cls(
            usual=random.uniform(0.25, 0.40),
            spread=min(0.07, 0.022 * exp(random.gauss(0, 0.35))),
            rate=random.uniform(1.5, 5.0),
            drift=random.uniform(-DRIFT_SIZE, DRIFT_SIZE) if drifts else 0.0,
            concentrates=random.uniform(1.0, 2.5) if concentrates else 0.4,
            dark=random.uniform(0.3, 0.6) if in_the_dark else random.uniform(0.02, 0.12),
            room_shift=random.gauss(0, 0.012),
            new_camera=_new_camera(random),
            episode=_episode(random) if random.random() < EPISODE_SHARE else None,
        )


def _new_camera(random: Random) -> tuple[int, float]:
    if random.random() >= NEW_CAMERA_SHARE:
        return DAYS, 0.0
    return random.randrange(DAYS), random.uniform(-NEW_CAMERA_SIZE, NEW_CAMERA_SIZE)


def _episode(random: Random) -> Episode:
    visible = random.random() >= INVISIBLE_SHARE
    size = random.choice(EPISODE_SIZES) if visible else 0.0
    return Episode(random.randint(FIRST_START, LAST_START), random.choice(EPISODE_DAYS), size, visible)
