"""Small-cell rules for the activities of a week. Knows levels of unnamed people, and forgets them.

Beside its week, and beside the other activities, a part tells more than it would alone. So each person is
counted for one activity of a week at most, an activity needs more people than a week does, tells one share
in place of four bands, and enough of the week's people stay outside of all that is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lti_tool.domain.aggregation import (
    CONTRIBUTORS_NEEDED,
    SMALLEST_CELL,
    ClassBands,
    class_bands,
    level_of_week,
)
from lti_tool.domain.blur import Blurs
from lti_tool.domain.stress import Level

CONTRIBUTORS_OF_ACTIVITY = 2 * CONTRIBUTORS_NEEDED
"""Also without those who could know all but one of a week, there are as many as a week needs."""
TWO_BANDS = {
    Level.LOWER: Level.USUAL,
    Level.USUAL: Level.USUAL,
    Level.RAISED: Level.RAISED,
    Level.HIGH: Level.RAISED,
}
"""RAISED stands for all above their usual, and USUAL for everybody else."""


@dataclass(frozen=True, slots=True)
class ActivityShare:
    """What may be shown of an activity in one week: the rounded share above their own usual, in per cent.

    `above` is None where they were too few to show, or none. As in ClassBands, no number of people.
    """

    suppressed: bool
    above: int | None = None


HIDDEN = ActivityShare(suppressed=True)


def one_activity_each(
    observed: Mapping[str, Mapping[str, Sequence[Level]]],
) -> dict[str, dict[str, Level]]:
    """By activity, the level of each student who counts for it: the one in which most could be told.

    `observed`: what was told of each student, by activity. Who could be told of in none counts for none.
    """
    found: dict[str, dict[str, Level]] = {}
    for student, activities in observed.items():
        if not activities:
            continue
        activity = min(activities, key=lambda name: (-_told(activities[name]), name))
        level = level_of_week(activities[activity])
        if level is not Level.UNKNOWN:
            found.setdefault(activity, {})[student] = level
    return found


def activity_shares(
    levels: Mapping[str, Mapping[str, Level]],
    *,
    week: ClassBands,
    contributors: int,
    blurs: Mapping[str, Blurs],
) -> dict[str, ActivityShare]:
    """What may be shown of each activity that `blurs` names, beside what is shown of their week.

    `levels`: as `one_activity_each` gives them. `contributors`: how many people are behind the week.
    """
    if week.suppressed:
        return dict.fromkeys(blurs, HIDDEN)
    shares = {name: _share_of(levels.get(name, {}), blur) for name, blur in blurs.items()}
    sizes = {name: len(levels[name]) for name, share in shares.items() if not share.suppressed}
    shown = _shown_beside_the_rest(sizes, contributors, blurs)
    return {name: share if name in shown else HIDDEN for name, share in shares.items()}


def _share_of(levels: Mapping[str, Level], blur: Blurs) -> ActivityShare:
    told = {student: TWO_BANDS[level] for student, level in levels.items()}
    bands = class_bands(told, CONTRIBUTORS_OF_ACTIVITY, blur=blur)
    return ActivityShare(bands.suppressed, bands.shares.get(Level.RAISED))


def _shown_beside_the_rest(
    sizes: Mapping[str, int], contributors: int, blurs: Mapping[str, Blurs]
) -> set[str]:
    """Hide the smallest until those outside of all that are shown are enough to hide among.

    Also where nobody is outside: that would tell of the first one who is.
    """
    needed = SMALLEST_CELL + max((blurs[name].outside_needed() for name in sizes), default=0)
    shown = sorted(sizes, key=lambda name: (sizes[name] - blurs[name].left_out(), name))
    while shown and contributors - sum(sizes[name] for name in shown) < needed:
        shown.pop(0)
    return set(shown)


def _told(levels: Sequence[Level]) -> int:
    return sum(level is not Level.UNKNOWN for level in levels)
