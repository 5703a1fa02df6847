"""Which week and which activities stood out, and how easily chance would do the same. Pure; has no words.

How many people are behind a share is never published, only how many there are at least, and what is shown is
blurred. So every bar is computed as if they were as few as may be, with the blur at its usual width. And the
more is compared, the higher the bar: of twenty weeks one stands out by chance alone (Bonferroni).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist, fmean, median, pvariance
from typing import TypeVar

from lti_tool.dashboards.class_activities import PublishedActivity
from lti_tool.dashboards.class_picture import PublishedWeek
from lti_tool.domain.activities import CONTRIBUTORS_OF_ACTIVITY
from lti_tool.domain.aggregation import CONTRIBUTORS_NEEDED
from lti_tool.domain.blur import STEADY, WEEKLY

Z95 = 1.96
ERRS_ONCE_IN = 20
NOTABLE = 0.2
ENOUGH_TO_COMPARE = 3
Key = TypeVar("Key", date, int)
_OF_ONE_BAND = pvariance(STEADY) + pvariance(WEEKLY)


def worth(people: int, bands: int) -> float:
    """So many people without the blur tell as much as `people` do with that of so many bands."""
    return people**2 * 0.25 / (people * 0.25 + bands * _OF_ONE_BAND)


WORTH_OF_WEEK = worth(CONTRIBUTORS_NEEDED, bands=2)  # two bands above the usual: a little more than five
WORTH_OF_ACTIVITY = worth(CONTRIBUTORS_OF_ACTIVITY, bands=1)


@dataclass(frozen=True, slots=True)
class Looks:
    """How many weeks, activities and groups of activities are compared on one page."""

    comparisons: int

    def clear(self, difference: float, people: float) -> bool:
        """Whether chance alone brings so large a difference of two shares once in twenty pages at most."""
        z = NormalDist().inv_cdf(1 - 1 / (2 * ERRS_ONCE_IN * max(1, self.comparisons)))
        return abs(difference) > z * sqrt(2 * 0.25 / people)


@dataclass(frozen=True, slots=True)
class StoodOut:
    """One week or activity against the middle of the others. Shares between 0 and 1."""

    share: float
    others: float
    clear: bool

    @property
    def notable(self) -> bool:
        """Whether it is worth a word at all."""
        return abs(self.share - self.others) >= NOTABLE - 1e-9


@dataclass(frozen=True, slots=True)
class Findings:
    """What the sentences are made of. None where there is too little to compare."""

    looks: Looks
    week: tuple[date, StoodOut] | None
    activity: tuple[PublishedActivity, StoodOut] | None
    only: PublishedActivity | None
    hard: StoodOut | None


def findings_of(weeks: Sequence[PublishedWeek], activities: Sequence[PublishedActivity]) -> Findings:
    """What stands out of the weeks with something to see, and of the activities."""
    of_weeks = {week.start: week.tense / 100 for week in weeks if week.tense is not None}
    of_activities = {n: a.share for n, a in enumerate(activities) if a.share is not None}
    hard, others = _by_difficulty(activities)
    both = len(hard) >= 2 and len(others) >= 2
    looks = Looks(_compared(of_weeks) + _compared(of_activities) + both)
    week = _highest(of_weeks, looks, WORTH_OF_WEEK)
    activity = _highest(of_activities, looks, WORTH_OF_ACTIVITY)
    return Findings(
        looks=looks,
        week=week,
        activity=(activities[activity[0]], activity[1]) if activity else None,
        only=_only(activities),
        hard=_stood_out(fmean(hard), fmean(others), looks, WORTH_OF_ACTIVITY) if both else None,
    )


def _compared(shares: Mapping[Key, float]) -> int:
    return len(shares) if len(shares) >= ENOUGH_TO_COMPARE else 0


def _highest(shares: Mapping[Key, float], looks: Looks, people: float) -> tuple[Key, StoodOut] | None:
    if len(shares) < ENOUGH_TO_COMPARE:
        return None
    top = max(shares, key=lambda key: shares[key])
    others = median(share for key, share in shares.items() if key != top)
    return top, _stood_out(shares[top], others, looks, people)


def _stood_out(share: float, others: float, looks: Looks, people: float) -> StoodOut:
    return StoodOut(share, others, looks.clear(share - others, people))


def _only(activities: Sequence[PublishedActivity]) -> PublishedActivity | None:
    """The one in which enough were above their usual to be shown, beside two or more in which not."""
    shown = [activity for activity in activities if activity.share is not None]
    few = sum(activity.few for activity in activities)
    return shown[0] if len(shown) == 1 and few + 1 >= ENOUGH_TO_COMPARE else None


def _by_difficulty(activities: Sequence[PublishedActivity]) -> tuple[list[float], list[float]]:
    marked = [(a.hard, a.share) for a in activities if a.difficulty is not None and a.share is not None]
    return [share for hard, share in marked if hard], [share for hard, share in marked if not hard]
