"""Say how counseling works in a deployment, and who said so."""

from datetime import datetime

from django.db import transaction

from lti_tool.alerts.models import CareDesk
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action

CARE_DESK = "care_desk"


@transaction.atomic
def record_desk(*, desk: CareDesk, by: str, at: datetime) -> None:
    """Save hours, budget and escalation, and write down who set them. `by` names the administrator."""
    desk.save()
    subject = f"deployment:{desk.deployment_id}"
    audit.record(actor=by, action=Action.DEPLOYMENT_CHANGED, subject=subject, purpose=CARE_DESK, at=at)
