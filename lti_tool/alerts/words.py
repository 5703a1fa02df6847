"""What pages say about cases: states, steps, reasons. Words only."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.cases import CaseState, ClosingReason, Step, Urgency

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


STATES: dict[CaseState, Words] = {
    CaseState.NEW: _("new"),
    CaseState.ACKNOWLEDGED: _("seen"),
    CaseState.CONTACTED: _("in contact"),
    CaseState.MONITORING: _("kept in view"),
    CaseState.REFERRED: _("referred"),
    CaseState.CLOSED: _("closed"),
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
DONE: dict[Step, Words] = {
    Step.ACKNOWLEDGE: _("saw it"),
    Step.ASSIGN: _("took it"),
    Step.CONTACT: _("made contact"),
    Step.MONITOR: _("keeps it in view"),
    Step.REFER: _("referred"),
    Step.HAND_OVER: _("handed it over"),
    Step.CLOSE: _("closed it"),
    Step.REOPEN: _("took it up again"),
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
