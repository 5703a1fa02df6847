"""Put on record who may launch the tool, what a deployment may sense, and who is a counselor."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import (
    Activation,
    Context,
    CounselorGrant,
    Deployment,
    DeploymentState,
    PlatformUser,
    Registration,
)

ADMINISTRATOR = "administrator"
"""The actor where a command line did it: who may run it holds the keys to the machine."""

_STATE_ACTIONS = {
    DeploymentState.APPROVED: Action.DEPLOYMENT_APPROVED,
    DeploymentState.SUSPENDED: Action.DEPLOYMENT_SUSPENDED,
}


@transaction.atomic
def register_platform(
    *,
    issuer: str,
    client_id: str,
    auth_login_url: str,
    token_url: str,
    jwks_url: str,
    frame_origins: Sequence[str],
    named_origins: Sequence[str] = (),
    product_family: str = "",
    by: str = ADMINISTRATOR,
    reopens: bool = True,
    at: datetime,
) -> Registration:
    """Put a platform on record, or correct what is on record of it. Its deployments still need approval.

    One that was switched off is switched on again if this `reopens` it. Raises ValidationError.
    """
    registration = _on_record(issuer, client_id, at)
    registration.auth_login_url, registration.token_url = auth_login_url, token_url
    registration.jwks_url, registration.frame_origins = jwks_url, list(frame_origins)
    registration.named_origins = list(named_origins)
    registration.product_family = product_family
    registration.active = registration.active or reopens
    # The same checks as those of the administrator's form.
    registration.full_clean()
    record_registration(registration=registration, by=by, at=at)
    return registration


@transaction.atomic
def record_registration(*, registration: Registration, by: str, at: datetime) -> None:
    """Save a platform, switched on or off, and write down who did it."""
    registration.save()
    _audit_registration(registration, by=by, at=at)


@transaction.atomic
def approve_deployment(*, registration: Registration, deployment_id: str, at: datetime) -> Deployment:
    """Let people of this deployment in. Sensing stays locked until it is activated, too."""
    deployment, _ = Deployment.objects.get_or_create(
        registration=registration, deployment_id=deployment_id, defaults={"created_at": at}
    )
    set_deployment_state(deployment=deployment, state=DeploymentState.APPROVED, at=at)
    return deployment


@transaction.atomic
def set_deployment_state(
    *, deployment: Deployment, state: DeploymentState, by: str = ADMINISTRATOR, at: datetime
) -> None:
    """Open or close a deployment's door. `by` names the administrator."""
    deployment.state = state
    deployment.save(update_fields=["state"])
    _audit(_STATE_ACTIONS[state], f"deployment:{deployment.pk}", by=by, at=at)


@transaction.atomic
def record_deployment(*, deployment: Deployment, by: str, at: datetime) -> None:
    """Save how often and how long a deployment measures, and write down who set it. Opens no door."""
    deployment.save()
    _audit(Action.DEPLOYMENT_CHANGED, f"deployment:{deployment.pk}", by=by, at=at)


@transaction.atomic
def activate_deployment(
    *,
    deployment: Deployment,
    jurisdiction: str,
    legal_basis: str,
    purpose: str,
    assessment_reference: str,
    protection_contact: str,
    counselor_contact: str,
    counselor_hours: str,
    signed_off_by: str,
    expires_at: datetime,
    at: datetime,
) -> Activation:
    """Record what must be on record before anything is sensed. Replaces an earlier activation."""
    activation, _ = Activation.objects.update_or_create(
        deployment=deployment,
        defaults={
            "jurisdiction": jurisdiction,
            "legal_basis": legal_basis,
            "purpose": purpose,
            "assessment_reference": assessment_reference,
            "protection_contact": protection_contact,
            "counselor_contact": counselor_contact,
            "counselor_hours": counselor_hours,
            "signed_off_by": signed_off_by,
            "signed_off_at": at,
            "expires_at": expires_at,
        },
    )
    _audit(Action.DEPLOYMENT_ACTIVATED, f"deployment:{deployment.pk}", by=signed_off_by, at=at)
    return activation


@transaction.atomic
def record_activation(*, activation: Activation, by: str, at: datetime) -> None:
    """Save what is on record of a deployment, and write down who recorded it."""
    activation.save()
    _audit(Action.DEPLOYMENT_ACTIVATED, f"deployment:{activation.deployment_id}", by=by, at=at)


@transaction.atomic
def grant_counselor(
    *,
    registration: Registration,
    sub: str,
    deployment: Deployment,
    context: Context | None,
    granted_by: str,
    expires_at: datetime,
    at: datetime,
) -> CounselorGrant:
    """Say that a person is a counselor, in one course or (context None) in the whole deployment."""
    user, _ = PlatformUser.objects.get_or_create(registration=registration, sub=sub)
    grant = CounselorGrant(
        user=user, deployment=deployment, context=context, granted_at=at, expires_at=expires_at
    )
    record_grant(grant=grant, by=granted_by, at=at)
    return grant


@transaction.atomic
def record_grant(*, grant: CounselorGrant, by: str, purpose: str = "", at: datetime) -> None:
    """Save a grant under the name of who gave it, and write it down."""
    grant.granted_by = grant.granted_by or by
    grant.save()
    subject = f"grant:{grant.pk}:{grant.user.pseudonym}"
    _audit(Action.COUNSELOR_GRANTED, subject, purpose=purpose, by=by, at=at)


@transaction.atomic
def revoke_grant(*, grant: CounselorGrant, by: str, at: datetime) -> None:
    """End a grant from now on; one that has ended already stays as it is."""
    if CounselorGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=at):
        _audit(Action.COUNSELOR_REVOKED, f"grant:{grant.pk}:{grant.user.pseudonym}", by=by, at=at)


def _on_record(issuer: str, client_id: str, at: datetime) -> Registration:
    known = Registration.objects.select_for_update().filter(issuer=issuer, client_id=client_id).first()
    return known or Registration(issuer=issuer, client_id=client_id, active=True, created_at=at)


def _audit_registration(registration: Registration, *, by: str, at: datetime) -> None:
    state = "active" if registration.active else "switched off"
    _audit(Action.PLATFORM_REGISTERED, f"registration:{registration.pk}", purpose=state, by=by, at=at)


def _audit(action: Action, subject: str, *, purpose: str = "", by: str = ADMINISTRATOR, at: datetime) -> None:
    audit.record(actor=by, action=action, subject=subject, purpose=purpose, at=at)
