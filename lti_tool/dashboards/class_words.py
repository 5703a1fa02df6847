"""Two or three sentences a teacher can use, each with its uncertainty. Pure; knows no number of people.

How many people are behind a share is never published, only that they are at least ten, and what is shown is
blurred. So every interval is computed as if they were ten with the blur at its usual width: the truth is at
least as certain as the sentence says.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, sqrt
from statistics import median, pvariance

from lti_tool.dashboards.class_picture import PublishedWeek
from lti_tool.domain.aggregation import CONTRIBUTORS_NEEDED
from lti_tool.domain.blur import STEADY, WEEKLY

Z95 = 1.96
BANDS_ABOVE_THE_USUAL = 2
_OF_BLUR = BANDS_ABOVE_THE_USUAL * (pvariance(STEADY) + pvariance(WEEKLY))
WORTH = CONTRIBUTORS_NEEDED**2 * 0.25 / (CONTRIBUTORS_NEEDED * 0.25 + _OF_BLUR)
"""Ten people and the blur tell as much as this many people without it: a little more than five."""
# Two shares of so many people differ by more than this in one of twenty comparisons, by chance alone.
CLEAR = Z95 * sqrt(2 * 0.25 / WORTH)
NOTABLE = 0.2
WEEKS_TO_COMPARE = 3

CAVEAT = (
    "These are estimates from the faces of those who agreed to be counted. Concentration can look like "
    "tension, and others may feel differently: a reason to ask, not an answer."
)


def interval(share: float, people: float = WORTH) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, widest at the fewest people that may be behind it."""
    shrink = 1 + Z95**2 / people
    middle = (share + Z95**2 / (2 * people)) / shrink
    half = Z95 * sqrt(share * (1 - share) / people + Z95**2 / (4 * people**2)) / shrink
    return max(0.0, middle - half), min(1.0, middle + half)


def sentences(weeks: Sequence[PublishedWeek]) -> tuple[str, ...]:
    """What the open weeks say, oldest first; nothing where there are none."""
    if not weeks:
        return ()
    comparison = _comparison([week for week in weeks if week.tense is not None])
    return tuple(sentence for sentence in (_latest(weeks[-1]), comparison, CAVEAT) if sentence)


def _latest(week: PublishedWeek) -> str:
    name = f"In the latest week shown ({_day(week.start)})"
    if week.tense is None:
        return f"{name}, those with more tension than their own usual were too few to show, or none."
    more = "" if week.tense_is_whole else ", and perhaps a few more, too few to show"
    low, high = interval(week.tense / 100)
    return (
        f"{name}, about {_tenths(week.tense)} showed more tension than their own usual{more}. "
        f"With as few as ten people behind it, and blurred as it is, this could be between "
        f"{floor(low * 10)} and {ceil(high * 10)} in 10."
    )


def _comparison(weeks: Sequence[PublishedWeek]) -> str:
    """Whether one week stood out, and how easily chance would do the same."""
    if len(weeks) < WEEKS_TO_COMPARE:
        return ""
    shares = {week.start: (week.tense or 0) / 100 for week in weeks}
    top = max(shares, key=lambda start: shares[start])
    usual = median(share for start, share in shares.items() if start != top)
    difference = shares[top] - usual
    if difference < NOTABLE:
        return "No week stands out: the weeks differ by no more than chance often brings in a small group."
    against = f"{_tenths(100 * shares[top])}, against {_tenths(100 * usual)} in the middle of the other weeks"
    sure = (
        "So large a difference is seldom chance alone."
        if difference > CLEAR
        else "In a small group, chance alone can bring a difference of this size."
    )
    return f"The week of {_day(top)} had most tension: about {against}. {sure}"


def _tenths(share: float) -> str:
    return f"{round(share / 10)} in 10"


def _day(start: date) -> str:
    return f"{start.day} {start:%B}"
