"""Draft, sign off, revoke. The only room that writes what a deployment may do; every step is in the audit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max

from lti_tool.activation import selectors
from lti_tool.activation.errors import ActivationIncomplete, NoDraft, NotInForce
from lti_tool.activation.models import Activation, ActivationState
from lti_tool.activation.record import described, record_hash
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.activation import missing_for_approval
from lti_tool.lti.models import Deployment

CARRIED_OVER: Final = (
    "jurisdiction",
    "legal_basis",
    "purpose",
    "assessment_reference",
    "assessment_date",
    "exception_kind",
    "device_identifier",
    "counsel_name",
    "counsel_signed_on",
    "least_age",
    "lower_age_reason",
    "protection_contact",
    "counselor_contact",
    "counselor_hours",
    "record_days",
    "session_days",
)
"""What a new draft takes from the last version. Who signs and until when is said anew each time."""


@transaction.atomic
def start_draft(*, deployment: Deployment, by: str, at: datetime) -> Activation:
    """A draft that begins where the last version stands; the one that was begun before, if there is one."""
    Deployment.objects.select_for_update().get(pk=deployment.pk)
    if begun := selectors.draft_of(deployment.pk):
        return begun
    last = selectors.last_activation(deployment.pk)
    carried = {name: getattr(last, name) for name in CARRIED_OVER} if last else {}
    draft = Activation.objects.create(deployment=deployment, drafted_by=by, drafted_at=at, **carried)
    _audit(draft, Action.ACTIVATION_DRAFTED, by=by, at=at)
    return draft


@transaction.atomic
def save_draft(*, draft: Activation, fields: Sequence[str] | None = None) -> None:
    """Keep a draft as far as it is; of one step its fields only, others may be at another. Raises NoDraft."""
    _hold_draft(draft)
    draft.save(update_fields=fields)


@transaction.atomic
def discard_draft(*, draft: Activation, by: str, at: datetime) -> None:
    """Throw a draft away; what is in force stays. Raises NoDraft."""
    held = _hold_draft(draft)
    _audit(held, Action.ACTIVATION_DRAFT_DISCARDED, by=by, at=at)
    held.delete()


@transaction.atomic
def approve(*, draft: Activation, by: str, at: datetime) -> Activation:
    """Put a draft in force from now on, in place of what was. `by` is the account that does it.

    Raises ActivationIncomplete, NoDraft.
    """
    deployment = Deployment.objects.select_for_update().get(pk=draft.deployment_id)
    signed = _hold_draft(draft)
    if lacks := missing_for_approval(signed, at):
        raise ActivationIncomplete(lacks)
    _supersede(deployment, by=by, at=at)
    signed.state, signed.version = ActivationState.IN_FORCE, _next_version(deployment)
    signed.signed_off_at, signed.approved_by = at, by
    signed.profile_read = described(signed.profile)
    signed.record_hash = record_hash(signed)
    signed.save()
    _audit(signed, Action.DEPLOYMENT_ACTIVATED, by=by, at=at)
    return signed


@transaction.atomic
def revoke(*, activation: Activation, reason: str, by: str, at: datetime) -> None:
    """Lock the deployment from now on. Raises NotInForce."""
    standing = Activation.objects.in_force().filter(pk=activation.pk)
    if not standing.update(
        state=ActivationState.REVOKED, ended_at=at, ended_by=by, end_reason=reason.strip()[:200]
    ):
        raise NotInForce
    _audit(activation, Action.ACTIVATION_REVOKED, by=by, at=at)


def _supersede(deployment: Deployment, *, by: str, at: datetime) -> None:
    before = selectors.activation_in_force(deployment.pk)
    if before is not None:
        Activation.objects.filter(pk=before.pk).update(
            state=ActivationState.SUPERSEDED, ended_at=at, ended_by=by
        )
        _audit(before, Action.ACTIVATION_SUPERSEDED, by=by, at=at)


def _next_version(deployment: Deployment) -> int:
    last = deployment.activations.aggregate(last=Max("version"))["last"]
    return int(last or 0) + 1


def _hold_draft(draft: Activation) -> Activation:
    held = Activation.objects.drafts().select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise NoDraft
    return held


def _audit(activation: Activation, action: Action, *, by: str, at: datetime) -> None:
    subject = f"deployment:{activation.deployment_id}:activation:{activation.pk}"
    audit.record(actor=by[:80], action=action, subject=subject, purpose=activation.record_hash, at=at)
