"""What must be on record before a deployment may sense anything. Locked by default. Not legal advice."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from lti_tool.domain.jurisdictions import profile_of


class RecordedActivation(Protocol):
    """What an administrator put on record."""

    jurisdiction: str
    legal_basis: str
    purpose: str
    assessment_reference: str
    protection_contact: str
    counselor_contact: str
    counselor_hours: str
    signed_off_by: str
    signed_off_at: datetime
    expires_at: datetime


class Lack(StrEnum):
    """What keeps a deployment locked, beside a field that was left empty (which is named as it is)."""

    DOOR_CLOSED = "door_closed"
    NO_ACTIVATION = "no_activation"
    UNKNOWN_JURISDICTION = "unknown_jurisdiction"
    INFERENCE_NOT_PERMITTED = "inference_of_emotion_not_permitted_here"
    CLASS_VIEW_NOT_PERMITTED = "class_view_not_permitted_here"
    NOT_YET_SIGNED_OFF = "not_yet_signed_off"
    EXPIRED = "expired"


WRITTEN_FIELDS = (
    "jurisdiction",
    "legal_basis",
    "purpose",
    "assessment_reference",
    "protection_contact",
    "counselor_contact",
    "counselor_hours",
    "signed_off_by",
)


def missing_for_sensing(activation: RecordedActivation | None, at: datetime) -> tuple[str, ...]:
    """What is missing before anything may be measured; empty means that it may."""
    if activation is None:
        return (Lack.NO_ACTIVATION,)
    empty = tuple(name for name in WRITTEN_FIELDS if not getattr(activation, name).strip())
    return empty + _legal_lacks(activation) + _time_lacks(activation, at)


def missing_for_class_view(activation: RecordedActivation | None, at: datetime) -> tuple[str, ...]:
    """What is missing before a class's pattern may be made or shown; empty means that it may."""
    lacks = missing_for_sensing(activation, at)
    profile = profile_of(activation.jurisdiction) if activation else None
    forbidden = profile is not None and not profile.class_view
    return (*lacks, Lack.CLASS_VIEW_NOT_PERMITTED) if forbidden else lacks


def _legal_lacks(activation: RecordedActivation) -> tuple[Lack, ...]:
    if not activation.jurisdiction.strip():
        return ()
    profile = profile_of(activation.jurisdiction)
    if profile is None:
        return (Lack.UNKNOWN_JURISDICTION,)
    return () if profile.permits_inference(activation.legal_basis) else (Lack.INFERENCE_NOT_PERMITTED,)


def _time_lacks(activation: RecordedActivation, at: datetime) -> tuple[Lack, ...]:
    if at < activation.signed_off_at:
        return (Lack.NOT_YET_SIGNED_OFF,)
    return (Lack.EXPIRED,) if at >= activation.expires_at else ()
