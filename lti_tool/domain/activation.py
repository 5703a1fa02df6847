"""What must be on record before a deployment may sense anything. Locked by default. Not legal advice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from lti_tool.domain.jurisdictions import Profile, profile_of
from lti_tool.domain.retention import CHOSEN, Kind, longest_days

ADULT: Final = 18
LONGEST: Final = timedelta(days=366)
"""An activation is looked at again after a year at the latest."""


class RecordedActivation(Protocol):
    """What an administrator put on record. A draft may leave anything empty."""

    jurisdiction: str
    legal_basis: str
    purpose: str
    assessment_reference: str
    assessment_date: date | None
    exception_kind: str
    device_identifier: str
    counsel_name: str
    counsel_signed_on: date | None
    least_age: int
    lower_age_reason: str
    protection_contact: str
    counselor_contact: str
    counselor_hours: str
    record_days: int | None
    session_days: int | None
    signed_off_by: str
    signed_off_at: datetime | None
    expires_at: datetime | None


class ExceptionKind(StrEnum):
    """The two reasons for which the EU lets emotion be inferred in education."""

    MEDICAL = "medical"
    SAFETY = "safety"


class Lack(StrEnum):
    """What keeps a deployment locked, beside a field that was left empty (which is named as it is)."""

    DOOR_CLOSED = "door_closed"
    NO_ACTIVATION = "no_activation"
    UNKNOWN_JURISDICTION = "unknown_jurisdiction"
    INFERENCE_NOT_PERMITTED = "inference_of_emotion_not_permitted_here"
    CLASS_VIEW_NOT_PERMITTED = "class_view_not_permitted_here"
    ASSESSMENT_NOT_YET_APPROVED = "assessment_not_yet_approved"
    COUNSEL_NOT_YET_SIGNED = "counsel_not_yet_signed"
    AGE_TOO_LOW = "age_too_low"
    RECORDS_KEPT_TOO_LONG = "records_kept_too_long"
    SESSIONS_KEPT_TOO_LONG = "sessions_kept_too_long"
    NOT_YET_SIGNED_OFF = "not_yet_signed_off"
    EXPIRED = "expired"
    LASTS_TOO_LONG = "lasts_too_long"


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
EXCEPTION_FIELDS = ("device_identifier", "counsel_name", "counsel_signed_on")
RETENTION_FIELDS = {
    Kind.STRESS_RECORD: ("record_days", Lack.RECORDS_KEPT_TOO_LONG),
    Kind.CAPTURE_SESSION: ("session_days", Lack.SESSIONS_KEPT_TOO_LONG),
}


def missing_for_sensing(activation: RecordedActivation | None, at: datetime) -> tuple[str, ...]:
    """What is missing before anything may be measured; empty means that it may."""
    if activation is None:
        return (Lack.NO_ACTIVATION,)
    return (*_lacks_on_record(activation, at), *_lacks_in_time(activation, at))


def missing_for_class_view(activation: RecordedActivation | None, at: datetime) -> tuple[str, ...]:
    """What is missing before a class's pattern may be made or shown; empty means that it may."""
    lacks = missing_for_sensing(activation, at)
    profile = profile_of(activation.jurisdiction) if activation else None
    forbidden = profile is not None and not profile.class_view
    return (*lacks, Lack.CLASS_VIEW_NOT_PERMITTED) if forbidden else lacks


def missing_for_approval(draft: RecordedActivation, at: datetime) -> tuple[str, ...]:
    """What is missing before a draft can be signed off at this moment; empty means that it can."""
    return (*_lacks_on_record(draft, at), *_lacks_in_expiry(draft, at))


def _lacks_on_record(activation: RecordedActivation, at: datetime) -> Iterator[str]:
    yield from (name for name in WRITTEN_FIELDS if not getattr(activation, name).strip())
    yield from _lacks_in_retention(activation)
    profile = profile_of(activation.jurisdiction)
    if profile is not None:
        yield from _lacks_of_place(activation, profile, at.date())
    elif activation.jurisdiction.strip():
        yield Lack.UNKNOWN_JURISDICTION


def _lacks_in_retention(activation: RecordedActivation) -> Iterator[str]:
    for kind in CHOSEN:
        name, too_long = RETENTION_FIELDS[kind]
        days = getattr(activation, name)
        if not days or days < 1:
            yield name
        elif days > longest_days(kind):
            yield too_long


def _lacks_of_place(activation: RecordedActivation, profile: Profile, today: date) -> Iterator[str]:
    if profile.assessment_needs_date and activation.assessment_date is None:
        yield "assessment_date"
    if activation.assessment_date is not None and activation.assessment_date > today:
        yield Lack.ASSESSMENT_NOT_YET_APPROVED
    if profile.inference_needs_exception:
        yield from _lacks_in_exception(activation, today)
    if activation.least_age < profile.least_age:
        yield Lack.AGE_TOO_LOW
    elif activation.least_age < ADULT and not activation.lower_age_reason.strip():
        yield "lower_age_reason"


def _lacks_in_exception(activation: RecordedActivation, today: date) -> Iterator[str]:
    if activation.exception_kind not in set(ExceptionKind):
        yield Lack.INFERENCE_NOT_PERMITTED
        return
    for name in EXCEPTION_FIELDS:
        if not str(getattr(activation, name) or "").strip():
            yield name
    if activation.counsel_signed_on is not None and activation.counsel_signed_on > today:
        yield Lack.COUNSEL_NOT_YET_SIGNED


def _lacks_in_time(activation: RecordedActivation, at: datetime) -> Iterator[str]:
    if activation.signed_off_at is None or at < activation.signed_off_at:
        yield Lack.NOT_YET_SIGNED_OFF
    elif activation.expires_at is None:
        yield "expires_at"
    elif at >= activation.expires_at:
        yield Lack.EXPIRED


def _lacks_in_expiry(draft: RecordedActivation, at: datetime) -> Iterator[str]:
    if draft.expires_at is None:
        yield "expires_at"
    elif draft.expires_at <= at:
        yield Lack.EXPIRED
    elif draft.expires_at > at + LONGEST:
        yield Lack.LASTS_TOO_LONG
