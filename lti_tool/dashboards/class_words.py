"""At most three sentences a teacher can use, each with its uncertainty, and what a cell says.

Knows no number of people: what is not published cannot be said.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, sqrt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lti_tool.dashboards.class_activities import ActivityCell, PublishedActivity, Shown, due_around
from lti_tool.dashboards.class_findings import (
    WORTH_OF_ACTIVITY,
    WORTH_OF_WEEK,
    Z95,
    Findings,
    Looks,
    StoodOut,
    findings_of,
)
from lti_tool.dashboards.class_picture import PublishedWeek, tenths_words

CAVEAT = gettext_lazy(
    "These are estimates from the faces of those who agreed to be counted. Concentration can look like "
    "tension, and others may feel differently: a reason to ask, not an answer."
)


def interval(share: float, people: float = WORTH_OF_WEEK) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, widest at the fewest people that may be behind it."""
    shrink = 1 + Z95**2 / people
    middle = (share + Z95**2 / (2 * people)) / shrink
    half = Z95 * sqrt(share * (1 - share) / people + Z95**2 / (4 * people**2)) / shrink
    return max(0.0, middle - half), min(1.0, middle + half)


def sentences(
    weeks: Sequence[PublishedWeek], activities: Sequence[PublishedActivity] = ()
) -> tuple[str, ...]:
    """What the open weeks and their activities say, and how to take it; nothing where none is open."""
    if not weeks:
        return ()
    found = findings_of(weeks, activities)
    hints = (_latest(weeks[-1]), _of_weeks(found, activities), _of_activities(found))
    return tuple(hint for hint in (*hints, str(CAVEAT)) if hint)


def _latest(week: PublishedWeek) -> str:
    if week.tense is None:
        return _(
            "In the latest week shown (%(day)s), those with more tension than their own usual were too few "
            "to show, or none."
        ) % {"day": day(week.start)}
    said = (
        _(
            "In the latest week shown (%(day)s), about %(share)d in 10 showed more tension than their own "
            "usual."
        )
        if week.tense_is_whole
        else _(
            "In the latest week shown (%(day)s), about %(share)d in 10 showed more tension than their own "
            "usual, and perhaps a few more, too few to show."
        )
    )
    how_sure = _(
        "With as few as ten people behind it, and blurred as it is, this could be between %(low)d and "
        "%(high)d in 10."
    )
    share = week.tense / 100
    facts = {"day": day(week.start), "share": _tenths(share)}
    return _joined(said % facts, how_sure % _between(share, WORTH_OF_WEEK))


def _of_weeks(found: Findings, activities: Sequence[PublishedActivity]) -> str:
    """Whether one week stood out, and what was due about then."""
    if found.week is None:
        return ""
    start, week = found.week
    if not week.notable:
        return _("No week stands out: the weeks differ by no more than chance often brings in a small group.")
    said = _(
        "The week of %(day)s had most tension: about %(share)d in 10, against %(others)d in 10 in the middle "
        "of the other weeks."
    ) % {"day": day(start), "share": _tenths(week.share), "others": _tenths(week.others)}
    return _joined(said, _due(activities, start), _how_sure(week, found.looks))


def _due(activities: Sequence[PublishedActivity], start: date) -> str:
    activity, itself = due_around(activities, start)
    if activity is None or activity.due is None:
        return ""
    named = {"title": activity.title, "day": day(activity.due)}
    if itself:
        return _("“%(title)s” was due in it, on %(day)s.") % named
    return _("It was the week before “%(title)s” was due (%(day)s).") % named


def _of_activities(found: Findings) -> str:
    """Whether one activity stood out, and whether the hard ones did."""
    return _joined(_of_activity(found), _of_difficulty(found))


def _of_activity(found: Findings) -> str:
    if found.only is not None:
        return _(
            "“%(title)s” is the only activity in which enough people were above their own usual to be shown; "
            "it could be between %(low)d and %(high)d in 10."
        ) % {"title": found.only.title, **_between(found.only.share or 0)}
    if found.activity is None:
        return ""
    activity, stood_out = found.activity
    if not stood_out.notable:
        return _("No activity stands out from the others by more than chance often brings.")
    said = _(
        "Of the activities, “%(title)s” had most tension: about %(share)d in 10 (between %(low)d and "
        "%(high)d in 10), against %(others)d in 10 in the middle of the others."
    ) % {
        "title": activity.title,
        "share": _tenths(stood_out.share),
        "others": _tenths(stood_out.others),
        **_between(stood_out.share),
    }
    return _joined(said, _how_sure(stood_out, found.looks))


def _of_difficulty(found: Findings) -> str:
    if found.hard is None:
        return ""
    if not found.hard.notable:
        return _("Activities marked 4 or 5 in difficulty were not different from others.")
    said = _(
        "Activities marked 4 or 5 in difficulty had about %(share)d in 10, the others %(others)d in 10."
    ) % {
        "share": _tenths(found.hard.share),
        "others": _tenths(found.hard.others),
    }
    return _joined(said, _how_sure(found.hard, found.looks))


def _how_sure(stood_out: StoodOut, looks: Looks) -> str:
    # Translators: the number is three or more.
    if stood_out.clear:
        return _(
            "So large a difference is seldom chance alone, even among %(number)d that were compared."
        ) % {"number": looks.comparisons}
    return _(
        "Of %(number)d that were compared one is always highest, and in a small group chance alone can bring "
        "a difference of this size."
    ) % {"number": looks.comparisons}


def _between(share: float, people: float = WORTH_OF_ACTIVITY) -> dict[str, int]:
    low, high = interval(share, people)
    return {"low": floor(low * 10), "high": ceil(high * 10)}


def _tenths(share: float) -> int:
    return round(10 * share)


def notes() -> tuple[str, ...]:
    """What a picture needs beside it where the page is not."""
    return (
        str(CAVEAT),
        _(
            "Shares of those who agreed to be counted, each against their own usual, blurred by a person or "
            "two and rounded to tens. “Not shown”: too few people, or too much like the rest."
        ),
    )


def facts_of(activity: PublishedActivity) -> str:
    """What its author said of it: context, not a finding."""
    difficulty = (
        _("difficulty %(number)d of 5") % {"number": activity.difficulty} if activity.difficulty else ""
    )
    due = _("due %(day)s") % {"day": date_format(activity.due, "SHORT_DATE_FORMAT")} if activity.due else ""
    return " · ".join(fact for fact in (difficulty, due) if fact)


def cell_words(cell: ActivityCell) -> str:
    """What a cell of an activity says beside its shapes."""
    match cell.shown:
        case Shown.SHARE:
            return tenths_words(cell.tenths or 0)
        case Shown.FEW:
            return _("few or none")
        case Shown.HIDDEN:
            return _("not shown")
        case Shown.NOT_YET:
            return _("no picture")


def day(start: date) -> str:
    """A day without its year."""
    return date_format(start, "MONTH_DAY_FORMAT")


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
