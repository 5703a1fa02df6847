"""How sure a figure is: 95 % intervals of shares, means and anything else computed over faces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.int64]
Interval: TypeAlias = tuple[float, float]

RESAMPLES = 1000
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Change:
    """How two answers about the same faces differ: the mean, and its 95 % interval over faces."""

    mean: float
    low: float
    high: float

    @classmethod
    def between(cls, after: Floats, before: Floats) -> Change:
        """Paired: one entry of each for every face."""
        return cls(float(np.mean(after - before)), *interval_of_mean(after - before))


def interval_of_mean(values: Floats) -> Interval:
    """Percentile bootstrap over faces. Of differences between two answers about each: paired."""
    means = values[resamples(len(values))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def interval_of(statistic: Callable[[Rows], float], count: int) -> Interval:
    """Percentile bootstrap of anything that can be computed from the rows of `count` faces."""
    found = [statistic(rows) for rows in resamples(count)]
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


@lru_cache(maxsize=4)
def resamples(count: int) -> Rows:
    """(RESAMPLES, count) row numbers, drawn with replacement; always the same ones for a count."""
    return np.random.default_rng(SEED).integers(0, count, size=(RESAMPLES, count))


def wilson(right: int, asked: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927): honest for small counts too."""
    if asked == 0:
        return 0.0, 1.0
    z = 1.959964
    middle = (right + z**2 / 2) / (asked + z**2)
    reach = z / (asked + z**2) * np.sqrt(right * (asked - right) / asked + z**2 / 4)
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))
