"""The human work on an alert: states, steps, due times, the queue's order. Knows no people and no notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from lti_tool.domain.predictive import Share, wilson
from lti_tool.domain.staffing import StaffedHours


class CaseState(StrEnum):
    """How far it has come."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    CONTACTED = "contacted"
    MONITORING = "monitoring"
    REFERRED = "referred"
    CLOSED = "closed"


class Step(StrEnum):
    """What a counselor can do with it."""

    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    CONTACT = "contact"
    MONITOR = "monitor"
    REFER = "refer"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    REOPEN = "reopen"


class ClosingReason(StrEnum):
    """How it ended."""

    HELPED = "helped"
    REFERRED = "referred"
    NO_CONTACT = "no_contact"
    STUDENT_DECLINED = "student_declined"
    FALSE_ALERT = "false_alert"
    WITHDRAWN = "withdrawn"  # the student took their consent back; set by the tool, not by a person
    OTHER = "other"


class StepNotAllowed(ValueError):
    """The step does not follow from the state: somebody else was faster, or the page was old."""


N, A, C, M, R, X = CaseState
_WORKED_ON = {Step.ASSIGN: None, Step.HAND_OVER: None, Step.MONITOR: M, Step.REFER: R, Step.CLOSE: X}
# None: the state stays. A further call is written down and undoes neither monitoring nor a referral.
_AFTER: dict[CaseState, dict[Step, CaseState | None]] = {
    N: {Step.ACKNOWLEDGE: A, Step.ASSIGN: None, Step.CLOSE: X},
    A: {**_WORKED_ON, Step.CONTACT: C},
    C: {**_WORKED_ON, Step.CONTACT: None},
    M: {**_WORKED_ON, Step.CONTACT: None},
    R: {**_WORKED_ON, Step.CONTACT: None},
    X: {Step.REOPEN: A},
}


def allowed(state: CaseState) -> frozenset[Step]:
    """The steps that may follow."""
    return frozenset(_AFTER[state])


def after(state: CaseState, step: Step) -> CaseState:
    """The state that a step leads to. Raises StepNotAllowed."""
    if step not in _AFTER[state]:
        raise StepNotAllowed(f"{step} does not follow {state}")
    return _AFTER[state][step] or state


STAFFED_DUE = {CaseState.NEW: timedelta(hours=8), CaseState.ACKNOWLEDGED: timedelta(hours=16)}
"""One working day until somebody has looked, two more until there was contact; counted in staffed time."""
CALENDAR_DUE = {
    CaseState.CONTACTED: timedelta(days=7),
    CaseState.MONITORING: timedelta(days=14),
    CaseState.REFERRED: timedelta(days=14),
}
UNSTAFFED_DUE = timedelta(days=5)  # by the clock, where staffed time does not pass at all


def due_at(state: CaseState, since: datetime, hours: StaffedHours) -> datetime | None:
    """When the next step is due, for a state entered at `since`. A closed case is due never."""
    if state in STAFFED_DUE:
        return hours.after(since, STAFFED_DUE[state]) or since + UNSTAFFED_DUE
    return since + CALENDAR_DUE[state] if state in CALENDAR_DUE else None


class Urgency(IntEnum):
    """What needs a person first."""

    ASKED_FOR_CONTACT = 0
    OVERDUE = 1
    UNACKNOWLEDGED = 2
    DUE = 3
    CLOSED = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case as the queue sees it. `asked_at`: the student asked for contact, and nobody has answered yet."""

    state: CaseState
    raised_at: datetime
    due_at: datetime | None = None
    asked_at: datetime | None = None


def urgency(case: Waiting, at: datetime) -> Urgency:
    """Why it stands where it stands."""
    if case.state is CaseState.CLOSED:
        return Urgency.CLOSED
    if case.asked_at is not None:
        return Urgency.ASKED_FOR_CONTACT
    if case.due_at is not None and case.due_at <= at:
        return Urgency.OVERDUE
    return Urgency.UNACKNOWLEDGED if case.state is CaseState.NEW else Urgency.DUE


def queue_key(case: Waiting, at: datetime) -> tuple[Urgency, datetime]:
    """The order of a queue, smallest first: by urgency, and in each by how long somebody has waited."""
    found = urgency(case, at)
    if found is Urgency.ASKED_FOR_CONTACT and case.asked_at is not None:
        return found, case.asked_at
    by_due = found in {Urgency.OVERDUE, Urgency.DUE} and case.due_at is not None
    return found, case.due_at if by_due and case.due_at is not None else case.raised_at


RIGHT = frozenset({ClosingReason.HELPED, ClosingReason.REFERRED})
KNOWN = RIGHT | {ClosingReason.FALSE_ALERT}
"""Only these tell whether there was something. Nobody knows it of a student who could not be reached."""


def positive_predictive_value(reasons: Iterable[ClosingReason]) -> Share | None:
    """Which share of alerts was right, of those that are known to have been right or false; None: of none."""
    known = [reason for reason in reasons if reason in KNOWN]
    return wilson(sum(reason in RIGHT for reason in known), len(known))
