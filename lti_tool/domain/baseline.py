"""A person's usual: the middle of their ordinary sessions. Knows scores only, no dates and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

SESSIONS_NEEDED = 3
SESSIONS_KEPT = 20  # older ones fade out, so that a slow drift is followed
SNIPPETS_PER_SESSION = 3  # fewer than this is a glance, not a session
MAD_FLOOR = 0.02  # a very even person must not turn small noise into large z
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
