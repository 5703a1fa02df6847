"""What pages say about cases: states, steps, reasons. Words only."""

from collections.abc import Iterator
from datetime import time
from enum import StrEnum
from itertools import groupby

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.cases import CaseState, ClosingReason, Step, Urgency
from lti_tool.domain.staffing import StaffedHours

Words = str | Promise


class Reached(StrEnum):
    """How a counselor made contact."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MESSAGE = "message"
    NO_ANSWER = "no_answer"


class ReferredTo(StrEnum):
    """To where a counselor referred somebody."""

    COUNSELING = "counseling"
    MEDICAL = "medical"
    STUDY_ADVICE = "study_advice"
    DISABILITY_OFFICE = "disability_office"
    CRISIS_LINE = "crisis_line"
    ELSEWHERE = "elsewhere"


# Translators: the states of a case: "new", "seen", "in contact" and so on.
STATES: dict[CaseState, Words] = {
    CaseState.NEW: _("new"),
    CaseState.ACKNOWLEDGED: _("seen"),
    CaseState.CONTACTED: _("in contact"),
    CaseState.MONITORING: _("kept in view"),
    CaseState.REFERRED: _("referred"),
    CaseState.CLOSED: _("closed"),
}
# So many open cases in a state.
COUNTED = {
    CaseState.NEW: ngettext_lazy("%(number)d new", "%(number)d new", "number"),
    CaseState.ACKNOWLEDGED: ngettext_lazy("%(number)d seen", "%(number)d seen", "number"),
    CaseState.CONTACTED: ngettext_lazy("%(number)d in contact", "%(number)d in contact", "number"),
    CaseState.MONITORING: ngettext_lazy("%(number)d kept in view", "%(number)d kept in view", "number"),
    CaseState.REFERRED: ngettext_lazy("%(number)d referred", "%(number)d referred", "number"),
}
URGENCIES: dict[Urgency, Words] = {
    Urgency.ASKED_FOR_CONTACT: _("asked to be contacted"),
    Urgency.OVERDUE: _("overdue"),
    Urgency.UNACKNOWLEDGED: _("nobody has seen it yet"),
    Urgency.DUE: _("in hand"),
    Urgency.CLOSED: _("closed"),
}
STEPS: dict[Step, Words] = {
    Step.ACKNOWLEDGE: _("I have seen it"),
    Step.ASSIGN: _("I take it"),
    Step.CONTACT: _("Write down a contact"),
    Step.MONITOR: _("Keep it in view"),
    Step.REFER: _("Write down a referral"),
    Step.HAND_OVER: _("Hand it over"),
    Step.CLOSE: _("Close the case"),
    Step.REOPEN: _("Take it up again"),
}
# Translators: "who" is a counselor's name, and "it" a case.
DONE = {
    Step.ACKNOWLEDGE: _("%(who)s saw it"),
    Step.ASSIGN: _("%(who)s took it"),
    Step.CONTACT: _("%(who)s made contact"),
    Step.MONITOR: _("%(who)s keeps it in view"),
    Step.REFER: _("%(who)s referred"),
    Step.HAND_OVER: _("%(who)s handed it over"),
    Step.CLOSE: _("%(who)s closed it"),
    Step.REOPEN: _("%(who)s took it up again"),
}
DETAILS: dict[str, Words] = {
    Reached.IN_PERSON: _("in person"),
    Reached.PHONE: _("by telephone"),
    Reached.MESSAGE: _("by a message"),
    Reached.NO_ANSWER: _("tried, no answer"),
    ReferredTo.COUNSELING: _("to the counseling center"),
    ReferredTo.MEDICAL: _("to a physician or psychotherapist"),
    ReferredTo.STUDY_ADVICE: _("to study advice"),
    ReferredTo.DISABILITY_OFFICE: _("to the disability office"),
    ReferredTo.CRISIS_LINE: _("to a crisis line"),
    ReferredTo.ELSEWHERE: _("elsewhere"),
    ClosingReason.HELPED: _("it helped"),
    ClosingReason.REFERRED: _("others go on with it"),
    ClosingReason.NO_CONTACT: _("the student could not be reached"),
    ClosingReason.STUDENT_DECLINED: _("the student did not want contact"),
    ClosingReason.FALSE_ALERT: _("false alert: nothing was the matter"),
    ClosingReason.WITHDRAWN: _("the student took their consent back"),
    ClosingReason.OTHER: _("another reason"),
}
# Who reads these is the student: what was done, without the counselor's shorthand.
FOR_STUDENT: dict[CaseState, Words] = {
    CaseState.NEW: _("Counselors can see this. Nobody has looked at it yet."),
    CaseState.ACKNOWLEDGED: _("A counselor has seen this."),
    CaseState.CONTACTED: _("A counselor got in touch with you, or tried to."),
    CaseState.MONITORING: _("A counselor has seen this and looks at it again in some days."),
    CaseState.REFERRED: _("A counselor has named somebody else who may help."),
    CaseState.CLOSED: _("This is over."),
}


def detail_words(detail: str) -> Words:
    """What a step's code says; nothing for one that is not in words (to whom a case was handed over)."""
    return DETAILS.get(detail, "")


def done_words(step: Step, *, who: str, detail: str) -> str:
    """What somebody did, and how: "Cora made contact: by telephone"."""
    done, how = DONE[step] % {"who": who}, detail_words(detail)
    return gettext("%(done)s: %(how)s") % {"done": done, "how": how} if how else done


def counted_words(state: CaseState, number: int) -> str:
    """So many open cases in a state."""
    return COUNTED[state] % {"number": number}


def hours_words(hours: StaffedHours) -> str:
    """Weekly hours as people write them: "Mon–Thu 09:00–17:00; Fri 09:00–13:00"."""
    return "; ".join(_hours_lines(hours))


Stretches = tuple[tuple[time, time], ...]


def _hours_lines(hours: StaffedHours) -> Iterator[str]:
    """One for each run of days that have the same hours."""
    by_day: dict[int, Stretches] = {}
    for opening in hours.openings:
        by_day[opening.weekday] = (*by_day.get(opening.weekday, ()), (opening.opens, opening.closes))
    for stretches, run in groupby(range(7), key=lambda day: by_day.get(day, ())):
        days = list(run)
        if stretches:
            # Translators: days, and the hours of each: "Mon–Thu 09:00–17:00".
            yield gettext("%(days)s %(hours)s") % {"days": _days(days), "hours": _stretches(stretches)}


def _days(days: list[int]) -> str:
    first, last = (str(WEEKDAYS_ABBR[day]) for day in (days[0], days[-1]))
    # Translators: from one day of the week to another: "Mon–Thu".
    return gettext("%(first)s–%(last)s") % {"first": first, "last": last} if len(days) > 1 else first


def _stretches(stretches: Stretches) -> str:
    times = [[time_format(moment, "TIME_FORMAT") for moment in stretch] for stretch in stretches]
    # Translators: between the parts of a list.
    return gettext(", ").join(f"{opens}–{closes}" for opens, closes in times)
