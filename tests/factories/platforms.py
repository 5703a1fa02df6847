"""Registrations, deployments, activations and courses."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from lti_tool.activation.models import Activation, ActivationState
from lti_tool.lti.models import Context, Deployment, DeploymentState, Registration
from tests.factories.times import NOW

EU_EXCEPTION: dict[str, Any] = {
    "assessment_date": date(2026, 9, 1),
    "exception_kind": "medical",
    "device_identifier": "(01)04012345678901",
    "counsel_name": "M. Moss",
    "counsel_signed_on": date(2026, 9, 2),
}
"""What the European Union and the EEA ask for, beside what every place does."""


def make_registration(**values: object) -> Registration:
    issuer = f"https://platform-{secrets.token_hex(4)}.example"
    defaults = {
        "issuer": issuer,
        "client_id": "attune",
        "auth_login_url": f"{issuer}/auth",
        "token_url": f"{issuer}/token",
        "jwks_url": f"{issuer}/jwks",
        "frame_origins": [issuer],
        "active": True,
        "created_at": NOW,
    }
    return Registration.objects.create(**defaults | values)


def make_deployment(*, registration: Registration | None = None, **values: object) -> Deployment:
    defaults = {
        "registration": registration or make_registration(),
        "deployment_id": secrets.token_hex(4),
        "state": DeploymentState.APPROVED,
        "created_at": NOW,
    }
    return Deployment.objects.create(**defaults | values)


def make_activation(deployment: Deployment, *, at: datetime = NOW, **values: object) -> Activation:
    """Everything that must be on record, in force from a year before `at`.

    And for fifty years after, which nobody may sign: a test that asks the real clock must find it in force.
    """
    defaults = {
        "state": ActivationState.IN_FORCE,
        "version": 1,
        "jurisdiction": "elsewhere",
        "legal_basis": "explicit consent",
        "purpose": "early support for students who wish it",
        "assessment_reference": "DPIA-2026-7",
        "protection_contact": "dpo@university.example",
        "counselor_contact": "counseling@university.example",
        "counselor_hours": "weekdays 9 to 17",
        "record_days": 180,
        "session_days": 30,
        "signed_off_by": "Head of Student Services",
        "drafted_by": "ruth",
        "drafted_at": at - timedelta(days=366),
        "approved_by": "ruth",
        "signed_off_at": at - timedelta(days=365),
        "expires_at": at + timedelta(days=50 * 365),
    }
    return Activation.objects.create(deployment=deployment, **defaults | values)


def make_context(
    *, deployment: Deployment | None = None, activated: bool = True, **values: object
) -> Context:
    """A course; its deployment may measure unless `activated` is False."""
    if deployment is None:
        deployment = make_deployment()
        if activated:
            make_activation(deployment)
    defaults = {"context_id": secrets.token_hex(4), "title": "Statistics I"}
    return Context.objects.create(deployment=deployment, **defaults | values)
