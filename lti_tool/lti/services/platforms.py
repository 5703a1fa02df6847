"""Put on record who may launch the tool, and who is a counselor."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import (
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

    One that was switched off is switched on again if this `reopens` it. Of two that put one on record at the
    same moment, the later corrects what the first wrote. Raises ValidationError.
    """
    facts: dict[str, Any] = {
        "auth_login_url": auth_login_url,
        "token_url": token_url,
        "jwks_url": jwks_url,
        "frame_origins": list(frame_origins),
        "named_origins": list(named_origins),
        "product_family": product_family,
    }
    # The same checks as those of the administrator's form, but for its "already on record".
    Registration(issuer=issuer, client_id=client_id, **facts).clean_fields()
    opened = {"active": True}
    registration, _ = Registration.objects.update_or_create(
        issuer=issuer,
        client_id=client_id,
        defaults=facts | (opened if reopens else {}),
        create_defaults=facts | opened | {"created_at": at},
    )
    _audit_registration(registration, by=by, at=at)
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
    """Open or close a deployment's door. `by` names the administrator.

    Who approves one takes the platform at its word from now on, with the keys that it has now.
    """
    deployment.state = state
    deployment.save(update_fields=["state"])
    if state is DeploymentState.APPROVED:
        Registration.objects.filter(pk=deployment.registration_id).update(believed=True)
        deployment.registration.believed = True
    _audit(_STATE_ACTIONS[state], f"deployment:{deployment.pk}", by=by, at=at)


@transaction.atomic
def record_deployment(*, deployment: Deployment, by: str, at: datetime) -> None:
    """Save how often and how long a deployment measures, and write down who set it. Opens no door."""
    deployment.save()
    _audit(Action.DEPLOYMENT_CHANGED, f"deployment:{deployment.pk}", by=by, at=at)


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


def _audit_registration(registration: Registration, *, by: str, at: datetime) -> None:
    state = "active" if registration.active else "switched off"
    if not registration.believed:
        state = "not believed"
    _audit(Action.PLATFORM_REGISTERED, f"registration:{registration.pk}", purpose=state, by=by, at=at)


def _audit(action: Action, subject: str, *, purpose: str = "", by: str = ADMINISTRATOR, at: datetime) -> None:
    audit.record(actor=by, action=action, subject=subject, purpose=purpose, at=at)
