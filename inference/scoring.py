"""Turn the expression probabilities of a snippet's frames into one score. Knows no pictures; pure arithmetic.

The score is a weighted sum of mean probabilities, moved so that the lowest weight is 0 and the highest 1.
The mean is robust: frames are ordered by their own score and the outermost share is left out at both ends.
The interval is Student's, 95 %. A percentile bootstrap over three to eight frames is far too narrow, and far
slower (docs/model/score.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inference.contract import ScoreRule

Floats: TypeAlias = NDArray[np.float64]

# Student's 97.5th percentile for 1, 2, ... degrees of freedom: frames less one. The last is for more, too.
STUDENT = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """A score from 0 to 1 inside its interval."""

    value: float
    low: float
    high: float


class Scorer:
    """A score rule made ready for one order of expressions."""

    def __init__(self, rule: ScoreRule, expressions: tuple[str, ...]) -> None:
        weights = np.array([rule.weights[name] for name in expressions], dtype=np.float64)
        self.rule = rule
        self._weights = (weights - weights.min()) / (weights.max() - weights.min())

    def frame_scores(self, shares: Floats) -> Floats:
        """shares: (frames, expressions), rows summing to one. Returns (frames,), each from 0 to 1."""
        scores: Floats = np.clip(shares @ self._weights, 0.0, 1.0)
        return scores

    def robust_mean(self, shares: Floats) -> Floats:
        """Mean probabilities of the frames that are left after the outermost are dropped; sums to one."""
        ordered = shares[np.lexsort((*shares.T, self.frame_scores(shares)))]
        cut = self._cut(len(ordered))
        mean: Floats = ordered[cut : len(ordered) - cut].mean(axis=0)
        return mean

    def score(self, shares: Floats) -> Score:
        """Score all frames together, at least one. A single one says nothing about its own spread."""
        scores = np.sort(self.frame_scores(shares))
        value = float(self._trimmed_mean(scores))
        if len(scores) < 2:
            return Score(value, 0.0, 1.0)
        reach = self._reach(scores)
        return Score(value, max(0.0, value - reach), min(1.0, value + reach))

    def _reach(self, scores: Floats) -> float:
        """Half the interval's width, as if frames were drawn one by one.

        The spread is that of all frames, the outermost too: few frames say little, and these say most. It is
        never under the least: frames may agree by chance, and a face that holds still varies that much.
        """
        spread = max(float(scores.std(ddof=1)), self.rule.least_spread)
        return float(STUDENT[min(len(scores) - 1, len(STUDENT)) - 1] * spread / np.sqrt(len(scores)))

    def _trimmed_mean(self, ordered: Floats) -> Floats:
        """Along the last axis, which must be in order."""
        frames = ordered.shape[-1]
        cut = self._cut(frames)
        mean: Floats = ordered[..., cut : frames - cut].mean(axis=-1)
        return mean

    def _cut(self, frames: int) -> int:
        return int(frames * self.rule.trimmed_share)
