"""Make probabilities mean the share of raters, and say how far off they are. Arithmetic on logits only."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inference.expressions import softmax

Floats: TypeAlias = NDArray[np.float64]


def fit_temperature(logits: NDArray[np.float32], votes: NDArray[np.float32]) -> float:
    """The number to divide logits by that brings them closest to the raters' votes (least cross-entropy)."""
    low, high = np.log(0.2), np.log(5.0)
    for _ in range(40):  # golden section; the loss has a single valley in the logarithm of the temperature
        third = (high - low) * 0.381966
        left, right = low + third, high - third
        if cross_entropy(logits / np.exp(left), votes) < cross_entropy(logits / np.exp(right), votes):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def cross_entropy(logits: NDArray[np.float32], votes: NDArray[np.float32]) -> float:
    """Mean over faces, in nats."""
    shares = np.clip(softmax(logits), 1e-12, 1.0)
    return float(-np.mean(np.sum(votes * np.log(shares), axis=1)))


def divergence_from_votes(shares: Floats, votes: NDArray[np.float32]) -> float:
    """Mean Kullback-Leibler divergence from the raters' votes to the network's shares, in nats."""
    return float(np.mean(divergences(shares, votes)))


def divergences(shares: Floats, votes: NDArray[np.float32]) -> Floats:
    """The same for each face, (N,)."""
    said, seen = np.clip(shares, 1e-12, 1.0), np.clip(votes, 1e-12, 1.0)
    return np.asarray(np.sum(votes * np.log(seen / said), axis=1), dtype=np.float64)


def expected_calibration_error(confidence: Floats, outcome: Floats, bins: int = 15) -> float:
    """How far what was said is from what came, over equally wide bins of what was said.

    confidence: (faces,) probability of the top class. outcome: (faces,) 1 if right, or the raters' share.
    """
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    inside = [bin_of == index for index in np.unique(bin_of)]
    gaps = [abs(confidence[rows].sum() - outcome[rows].sum()) for rows in inside]
    return float(sum(gaps) / len(confidence))
