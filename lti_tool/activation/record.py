"""An activation as a record: every field in a fixed order, and its hash. Changes nothing."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from lti_tool.activation.models import Activation
from lti_tool.domain.jurisdictions import Profile

RECORDED: Final = (
    "version",
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
    "signed_off_by",
    "signed_off_at",
    "expires_at",
    "drafted_by",
    "drafted_at",
    "approved_by",
)


def described(profile: Profile | None) -> dict[str, object]:
    """A profile as it is kept beside what was signed: a later release may know the place otherwise."""
    if profile is None:
        return {}
    return {
        "name": profile.name,
        "does": list(profile.does),
        "sources": list(profile.sources),
        "read_on": profile.read_on.isoformat(),
    }


def record_hash(activation: Activation) -> str:
    """SHA-256 over all that was signed, the profile that was read, and the deployment it is for."""
    deployment = activation.deployment
    signed = {
        "issuer": deployment.registration.issuer,
        "client_id": deployment.registration.client_id,
        "deployment_id": deployment.deployment_id,
        "profile": activation.profile_read,
        **dict(_values(activation)),
    }
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_signed(activation: Activation) -> bool:
    """Whether the row still says what its hash was taken of."""
    return activation.record_hash == record_hash(activation)


def _values(activation: Activation) -> Iterator[tuple[str, object]]:
    for name in RECORDED:
        value = getattr(activation, name)
        yield name, value.isoformat() if isinstance(value, date) else value
