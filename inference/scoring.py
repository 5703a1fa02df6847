"""Turn the expression probabilities of a snippet's frames into one score. Knows no pictures; pure arithmetic.

The score is a weighted sum of mean probabilities, moved so that the lowest weight is 0 and the highest 1.
The mean is robust: frames are ordered by their own score and the outermost share is left out at both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inference.contract import ScoreRule

Floats: TypeAlias = NDArray[np.float64]


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
        low, high = self._interval(scores)
        return Score(value, min(low, value), max(high, value))

    def _interval(self, scores: Floats) -> tuple[float, float]:
        """Percentile bootstrap over frames. The seed is fixed: the same frames give the same interval."""
        draw = np.random.default_rng(self.rule.bootstrap_seed)
        picks = draw.integers(0, len(scores), size=(self.rule.bootstrap_draws, len(scores)))
        means = self._trimmed_mean(np.sort(scores[picks], axis=1))
        outside = (1 - self.rule.interval) / 2
        low, high = np.quantile(means, [outside, 1 - outside])
        return float(low), float(high)

    def _trimmed_mean(self, ordered: Floats) -> Floats:
        """Along the last axis, which must be in order."""
        frames = ordered.shape[-1]
        cut = self._cut(frames)
        mean: Floats = ordered[..., cut : frames - cut].mean(axis=-1)
        return mean

    def _cut(self, frames: int) -> int:
        return int(frames * self.rule.trimmed_share)
