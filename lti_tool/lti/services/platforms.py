"""Put on record who may launch the tool, what a deployment may sense, and who is a counselor."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lti_tool.lti.models import (
    Activation,
    Context,
    CounselorGrant,
    Deployment,
    DeploymentState,
    PlatformUser,
    Registration,
)
from lti_tool.lti.validators import validate_origins


@transaction.atomic
def register_platform(
    *,
    issuer: str,
    client_id: str,
    auth_login_url: str,
    token_url: str,
    jwks_url: str,
    frame_origins: Sequence[str],
    product_family: str = "",
    at: datetime,
) -> Registration:
    """Put a platform on record, or correct what is on record of it. Its deployments still need approval.

    Raises ValidationError for a frame origin that is none.
    """
    validate_origins(list(frame_origins))
    facts = {
        "auth_login_url": auth_login_url,
        "token_url": token_url,
        "jwks_url": jwks_url,
        "frame_origins": list(frame_origins),
        "product_family": product_family,
        "active": True,
    }
    registration, _ = Registration.objects.update_or_create(
        issuer=issuer, client_id=client_id, defaults=facts, create_defaults={**facts, "created_at": at}
    )
    return registration


@transaction.atomic
def approve_deployment(*, registration: Registration, deployment_id: str, at: datetime) -> Deployment:
    """Let people of this deployment in. Sensing stays locked until it is activated, too."""
    approved = {"state": DeploymentState.APPROVED}
    deployment, _ = Deployment.objects.update_or_create(
        registration=registration,
        deployment_id=deployment_id,
        defaults=approved,
        create_defaults={**approved, "created_at": at},
    )
    return deployment


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
    return activation


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
    return CounselorGrant.objects.create(
        user=user,
        deployment=deployment,
        context=context,
        granted_by=granted_by,
        granted_at=at,
        expires_at=expires_at,
    )
