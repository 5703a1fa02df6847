"""One answer as a consent receipt to keep: plain JSON values, only facts. Knows no pages.

Its fields bear the names of ISO/IEC TS 27560:2023 (consent record information structure) where that has one
for what is on record here. What is not on record is null or left out, never made up.
"""

from datetime import UTC, datetime
from typing import Any, Final

from lti_tool.activation.models import Activation
from lti_tool.activation.selectors import activation_at
from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.wording import choices_of
from lti_tool.domain.consent import Purpose
from lti_tool.domain.retention import LIFETIMES, Kind

SCHEMA: Final = "attune-consent-receipt-1"
Values = dict[str, Any]

PROCESSED: Final[dict[Purpose, Values]] = {
    Purpose.CAMERA: {
        "pii_type": "short runs of webcam pictures, destroyed once measured; estimates made from them",
        "recipient": "the student",
    },
    Purpose.COUNSELOR: {
        "pii_type": "the student's file: estimates, the student's own remarks, name",
        "recipient": "counselors of the course",
    },
    Purpose.CLASS: {
        "pii_type": "weekly shares of a class, without names, of ten students or more",
        "recipient": "teachers of the course",
    },
}
WITHDRAWAL: Final = "In the tool, at any time: My record, one button for each purpose and one for everything."


def receipt_of(consent: Consent) -> Values:
    """The receipt. Moments are RFC 3339, UTC."""
    deployment = consent.context.deployment
    basis = activation_at(deployment.pk, consent.answered_at)
    return {
        "receipt_metadata": {
            "schema_version": SCHEMA,
            "receipt_id": f"consent-{consent.pk}",
            "structure": "Names of fields follow ISO/IEC TS 27560:2023 where it has one.",
        },
        "consent_record": {
            "schema_version": SCHEMA,
            "record_id": f"consent-{consent.pk}",
            "pii_principal_id": str(consent.student.pseudonym),
            "pii_processing": _processing(consent, basis),
            "party_identification": _parties(deployment.registration.issuer, basis),
            "events": _events(consent),
        },
    }


def _processing(consent: Consent, basis: Activation | None) -> Values:
    return {
        "privacy_notice": {"version": consent.text_version, "sha256": consent.text_hash},
        "language": consent.text_language,
        "service": {"course": consent.context.title, "context_id": consent.context.context_id},
        "purposes": [_purpose(purpose, consent) for purpose in Purpose if purpose in consent.chosen],
        "lawful_basis": basis.legal_basis if basis else None,
        "jurisdiction": basis.jurisdiction if basis else None,
        "impact_assessment": basis.assessment_reference if basis else None,
        "retention_period": f"P{_days_kept(basis)}D",
        "withdrawal_method": WITHDRAWAL,
        "age_confirmed": consent.age_asked if consent.adult_confirmed else None,
        "by_own_act": consent.shown_by_own_act,
    }


def _purpose(purpose: Purpose, consent: Consent) -> Values:
    words = choices_of(consent.text_version, consent.text_language).get(purpose)
    return {
        "purpose": words.label if words else None,
        "purpose_type": purpose.value,
        "pii_information": PROCESSED[purpose]["pii_type"],
        "recipient_third_parties": [],
        "recipient": PROCESSED[purpose]["recipient"],
    }


def _parties(issuer: str, basis: Activation | None) -> list[Values]:
    named = [("learning platform", "party_url", issuer)]
    if basis:
        named += [
            ("who answers for it", "party_name", basis.signed_off_by),
            ("data-protection contact", "party_contact", basis.protection_contact),
            ("counselors", "party_contact", basis.counselor_contact),
        ]
    return [{"party_role": role, key: value} for role, key, value in named if value]


def _events(consent: Consent) -> list[Values]:
    said_yes = consent.answer == Answer.YES
    entity = str(consent.student.pseudonym)
    events = [("given" if said_yes else "refused", consent.answered_at)]
    if consent.withdrawn_at:
        events.append(("withdrawn", consent.withdrawn_at))
    return [
        {"event_time": _moment(at), "event_type": "explicit", "event_state": state, "entity_id": entity}
        for state, at in events
    ]


def _days_kept(basis: Activation | None) -> int:
    return (basis.record_days if basis else None) or LIFETIMES[Kind.STRESS_RECORD].days


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
