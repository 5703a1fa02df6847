"""See to it that no new case waits unseen: remind, tell all, tell whoever answers for the deployment."""

from datetime import datetime

from django.db import transaction

from lti_tool.alerts.errors import CaseMissing
from lti_tool.alerts.models import Case
from lti_tool.alerts.selectors import desk_of
from lti_tool.alerts.services.holding import hold
from lti_tool.alerts.services.telling import tell_again, tell_desk
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.cases import CaseState
from lti_tool.domain.staffing import EscalationStep, escalation_due

STEPS = tuple(EscalationStep)
"""In their order: a case remembers how far it came by the place in it."""


def escalate_overdue(*, at: datetime) -> int:
    """Take the step that is due for every case that nobody acknowledged. Returns how many were taken."""
    cases = Case.objects.unacknowledged().select_related("context")
    return sum(_escalate_if_there(case, at) for case in cases if _due(case, at) > case.escalations)


def _escalate_if_there(case: Case, at: datetime) -> bool:
    """One that is erased meanwhile must not keep the others waiting."""
    try:
        return _escalate(case, at)
    except CaseMissing:
        return False


@transaction.atomic
def _escalate(case: Case, at: datetime) -> bool:
    held = hold(case)
    due = _due(held, at)
    if held.state != CaseState.NEW or due <= held.escalations:
        return False
    held.escalations, held.escalated_at, held.changed_at = due, at, at
    held.save(update_fields=["escalations", "escalated_at", "changed_at"])
    step = STEPS[due]
    tell_again(case=held, everybody=step is not EscalationStep.REMIND, at=at)
    if step is EscalationStep.ADMINISTRATOR:
        tell_desk(case=held, at=at)
    subject = f"case:{held.public_id}"
    audit.record(actor=audit.SYSTEM, action=Action.CASE_ESCALATED, subject=subject, purpose=step.value, at=at)
    return True


def _due(case: Case, at: datetime) -> int:
    hours = desk_of(case.context.deployment_id).staffed_hours()
    step = escalation_due(raised_at=case.opened_at, acknowledged_at=case.acknowledged_at, hours=hours, at=at)
    return STEPS.index(step)
