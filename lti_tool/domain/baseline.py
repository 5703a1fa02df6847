"""A person's usual: the middle of their ordinary sessions. Knows scores and when they were; no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Protocol, TypeVar

SESSIONS_NEEDED = 3
SESSIONS_KEPT = 20  # older ones fade out, so that a slow drift is followed
SNIPPETS_PER_SESSION = 3  # fewer than this is a glance, not a session
MAD_FLOOR = 0.02  # a very even person must not turn small noise into large z
APART = 1.5  # from so many spreads above the usual on, a session is not an ordinary one
MAD_TO_SIGMA = 1.4826  # makes the MAD of a normal distribution its standard deviation


@dataclass(frozen=True, slots=True)
class BaselineValues:
    """Median and median absolute deviation of session medians, and from how many sessions."""

    median: float
    mad: float
    sessions: int

    @property
    def spread(self) -> float:
        """One robust standard deviation, never under the floor."""
        return max(MAD_TO_SIGMA * self.mad, MAD_FLOOR)

    def z(self, score: float) -> float:
        """How many of their own spreads a score lies above this person's usual."""
        return (score - self.median) / self.spread

    def score_at(self, z: float) -> float:
        """The score that lies `z` spreads above the usual: where a chart draws its band."""
        return self.median + z * self.spread


def session_median(scores: Sequence[float]) -> float | None:
    """The middle score of one session, or None when there were too few to call it a session."""
    return median(scores) if len(scores) >= SNIPPETS_PER_SESSION else None


def from_sessions(medians: Sequence[float]) -> BaselineValues | None:
    """The usual from session medians, oldest first. None means calibrating: not enough sessions yet."""
    kept = medians[-SESSIONS_KEPT:]
    if len(kept) < SESSIONS_NEEDED:
        return None
    middle = median(kept)
    return BaselineValues(middle, median(abs(value - middle) for value in kept), len(kept))


class Taken(Protocol):
    """The middle score of one session, and when it ended."""

    @property
    def ended_at(self) -> datetime: ...

    @property
    def score(self) -> float: ...


T = TypeVar("T", bound=Taken)


@dataclass(frozen=True, slots=True)
class LearningRule:
    """How a usual is learned from sessions as they come.

    An ordinary session is learned from at once, so that a slow drift is followed. One that lies `apart` or
    more above the usual of its day waits for `waits`: a crisis must not teach within days that it is
    ordinary. What lasts longer than that is learned: it may be a new room, a new camera or a new life.
    """

    waits: timedelta = timedelta(weeks=4)
    apart: float = APART

    def usual(self, sessions: Sequence[Taken]) -> BaselineValues | None:
        """The usual after the last of these sessions, oldest first; None while it is still being learned."""
        learned, _ = self._sort_out(sessions)
        return from_sessions([session.score for session in learned])

    def remembered(self, sessions: Sequence[T]) -> list[T]:
        """Those of these sessions, oldest first, from which the usual is or will be learned, oldest first.

        Those that wait take nobody's place: many sessions in a crisis must not push the calm ones out.
        """
        learned, waiting = self._sort_out(sessions)
        return sorted([*learned[-SESSIONS_KEPT:], *waiting], key=lambda session: session.ended_at)

    def _sort_out(self, sessions: Sequence[T]) -> tuple[list[T], list[T]]:
        """What is learned, in the order of learning, and what still waits after the last session."""
        learned: list[T] = []
        waiting: list[T] = []
        for session in sessions:
            ripe = [w for w in waiting if w.ended_at + self.waits <= session.ended_at]
            learned += ripe
            waiting = waiting[len(ripe) :]
            is_apart = self._is_apart(session, learned)
            (waiting if is_apart else learned).append(session)
        return learned, waiting

    def _is_apart(self, session: Taken, learned: Sequence[Taken]) -> bool:
        usual = from_sessions([known.score for known in learned])
        return bool(self.waits) and usual is not None and usual.z(session.score) >= self.apart


LEARNING = LearningRule()
