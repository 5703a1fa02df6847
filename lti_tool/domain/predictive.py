"""What an alert is worth: shares with their intervals, and predictive values. Arithmetic; knows no alerts."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

Z_95 = 1.959964


class Share(NamedTuple):
    """A share of `n`, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def wilson(hits: int, n: int) -> Share | None:
    """The share of `hits` in `n` with Wilson's interval (1927), which holds for small counts; None of none.

    Raises ValueError when there are more hits than tries.
    """
    if not 0 <= hits <= n:
        raise ValueError("There cannot be more hits than tries.")
    if n == 0:
        return None
    share, z2 = hits / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z_95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Share(share, max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)), n)


@dataclass(frozen=True, slots=True)
class Expected:
    """What comes of a sign among many people: shares of everybody, each from 0 to 1."""

    true_alerts: float
    false_alerts: float
    missed: float

    @property
    def alerts(self) -> float:
        return self.true_alerts + self.false_alerts

    @property
    def predictive_value(self) -> float | None:
        """Of all alerts, the share that is right; None when there are none."""
        return self.true_alerts / self.alerts if self.alerts else None


def expected(*, sensitivity: float, specificity: float, prevalence: float) -> Expected:
    """Bayes' rule with three shares from 0 to 1. Raises ValueError for others."""
    if not all(0 <= share <= 1 for share in (sensitivity, specificity, prevalence)):
        raise ValueError("A share lies between 0 and 1.")
    true = sensitivity * prevalence
    return Expected(true, (1 - specificity) * (1 - prevalence), prevalence - true)
