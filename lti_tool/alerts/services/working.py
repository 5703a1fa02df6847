"""The steps of the human work on a case. Which follow on which is ruled in domain.cases."""

from datetime import datetime
from typing import Final

from django.db import transaction

from lti_tool.alerts.errors import NotACounselorHere, StepNotNow
from lti_tool.alerts.models import Case, CaseStep
from lti_tool.alerts.selectors import desk_of, is_counselor_of, open_case_of, require_counselor
from lti_tool.alerts.services.counting import count_outcome
from lti_tool.alerts.services.holding import hold
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.cases import CaseState, ClosingReason, Step, after, allowed, due_at
from lti_tool.lti.models import PlatformUser

NEED_MORE: Final = frozenset({Step.HAND_OVER, Step.CLOSE, Step.REOPEN})
"""A colleague, a reason, the knowledge that no other case is open."""


@transaction.atomic
def take_step(
    *, case: Case, by: PlatformUser, step: Step, detail: str = "", due: datetime | None = None, at: datetime
) -> Case:
    """Do one step. `detail` is a code: how somebody was reached, to where they were referred.

    Who acknowledges a case that is nobody's makes it theirs. `due` overrides when the next one is due.
    Raises StepNotNow, CaseMissing. What needs more than a code has a service of its own, and is refused here.
    """
    if step in NEED_MORE:
        raise StepNotNow
    held = _moved(hold(case), step, by, detail, at)
    if step is Step.ACKNOWLEDGE:
        held.acknowledged_at = held.acknowledged_at or at
    if step is Step.CONTACT:
        held.asked_at = None
    if step is Step.ASSIGN or held.owner is None:
        held.owner = by
    if due is not None:
        held.due_at = due
    return _kept(held)


@transaction.atomic
def hand_over(*, case: Case, by: PlatformUser, to: PlatformUser, at: datetime) -> Case:
    """Make it another counselor's. Raises NotACounselorHere, StepNotNow."""
    held = hold(case)
    if not is_counselor_of(to, held, at):
        raise NotACounselorHere
    held = _moved(held, Step.HAND_OVER, by, str(to.pseudonym), at)
    held.owner = to
    return _kept(held)


@transaction.atomic
def reopen(*, case: Case, by: PlatformUser, at: datetime) -> Case:
    """Take a closed case up again, if no other one was begun since. Raises StepNotNow, CaseMissing."""
    PlatformUser.objects.select_for_update().get(pk=case.student_id)  # none is begun meanwhile
    held = hold(case)
    if open_case_of(held.student, held.context) is not None:
        raise StepNotNow
    held = _moved(held, Step.REOPEN, by, "", at)
    count_outcome(held, by=-1)
    held.closed_at, held.closing_reason, held.owner = None, "", by
    return _kept(held)


@transaction.atomic
def close(*, case: Case, by: PlatformUser | None, reason: ClosingReason, at: datetime) -> Case:
    """End it, with the reason from which the rules' worth is counted. Raises StepNotNow."""
    held = _moved(hold(case), Step.CLOSE, by, reason.value, at)
    held.closed_at, held.closing_reason = at, reason.value
    held.due_at = held.asked_at = None
    count_outcome(held)
    return _kept(held)


def _moved(held: Case, step: Step, by: PlatformUser | None, detail: str, at: datetime) -> Case:
    if by is not None:
        require_counselor(by, held, at)
    state = CaseState(held.state)
    if step not in allowed(state):
        raise StepNotNow
    held.state = after(state, step)
    if held.state != state:
        hours = desk_of(held.context.deployment_id).staffed_hours()
        held.due_at = due_at(CaseState(held.state), at, hours)
    held.changed_at = at
    CaseStep.objects.create(case=held, step=step.value, by=by, at=at, detail=detail)
    actor = str(by.pseudonym) if by else audit.SYSTEM
    purpose = f"{step.value} {detail}" if detail and step is not Step.HAND_OVER else step.value
    audit.record(
        actor=actor, action=Action.CASE_STEP, subject=f"case:{held.public_id}", purpose=purpose, at=at
    )
    return held


def _kept(held: Case) -> Case:
    held.save()
    return held
