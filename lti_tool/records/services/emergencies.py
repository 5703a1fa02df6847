"""Open one file to one counselor for hours, in an emergency, and write down that it was. Knows no page."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.emergency import EmergencyObstacle, EmergencyReason, obstacle_in_order
from lti_tool.lti.models import PlatformUser
from lti_tool.records.errors import EmergencyRefused, FileMissing
from lti_tool.records.models import EmergencyGrant, MentalHealthFile
from lti_tool.records.selectors import audit_subject, emergency_situation
from lti_tool.records.services.reading import opened_sessions
from lti_tool.records.summaries import SessionHistory

EMERGENCY: Final = "emergency"


@transaction.atomic
def grant_emergency(
    *,
    file: MentalHealthFile,
    reader: PlatformUser,
    reason: EmergencyReason,
    reference: str,
    lasts: timedelta,
    by: str,
    at: datetime,
) -> EmergencyGrant:
    """Let `reader` open this one file for so long. `by` names the administrator. Raises EmergencyRefused."""
    _require_none(obstacle_in_order(lasts=lasts, reference=reference))
    _require_none(emergency_situation(file, reader, at).obstacle)
    grant = EmergencyGrant.objects.create(
        file=file,
        reader=reader,
        reason=reason,
        reference=reference,
        granted_by=by,
        granted_at=at,
        expires_at=at + lasts,
    )
    _audit(Action.EMERGENCY_GRANTED, grant, by=by, at=at)
    return grant


@transaction.atomic
def end_emergency(*, grant: EmergencyGrant, by: str, at: datetime) -> bool:
    """End it now. Returns whether it was still open."""
    was_open = bool(
        EmergencyGrant.objects.filter(pk=grant.pk, ended_at=None, expires_at__gt=at).update(ended_at=at)
    )
    if was_open:
        _audit(Action.EMERGENCY_ENDED, grant, by=by, at=at)
    return was_open


@transaction.atomic
def read_in_emergency(
    *, reader: PlatformUser, grant_id: UUID, at: datetime
) -> tuple[EmergencyGrant, SessionHistory]:
    """The sessions of the file. Raises FileMissing for another's grant, EmergencyRefused, KeyDestroyed."""
    found = EmergencyGrant.objects.with_file().filter(public_id=grant_id, reader=reader).first()
    if found is None:
        raise FileMissing
    if not found.window.is_open(at):
        raise EmergencyRefused(EmergencyObstacle.OVER)
    _require_none(emergency_situation(found.file, reader, at).obstacle)
    history = opened_sessions(found.file)
    EmergencyGrant.objects.filter(pk=found.pk, first_read_at=None).update(first_read_at=at)
    audit.record(
        actor=str(reader.pseudonym),
        action=Action.EMERGENCY_READ,
        subject=audit_subject(found.file),
        purpose=f"{EMERGENCY}:{found.pk}",
        at=at,
    )
    return found, history


def _audit(action: Action, grant: EmergencyGrant, *, by: str, at: datetime) -> None:
    """Under the file, where its student finds it, and under the one who may read."""
    subjects = [audit_subject(grant.file), f"{EMERGENCY}:{grant.pk}:{grant.reader.pseudonym}"]
    audit.record_each(actor=by, action=action, subjects=subjects, purpose=str(grant.reason), at=at)


def _require_none(obstacle: EmergencyObstacle | None) -> None:
    if obstacle is not None:
        raise EmergencyRefused(obstacle)
