"""An activation as a record: every field in a fixed order, and its hash. Changes nothing."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lti_tool.activation.models import Activation
from lti_tool.activation.steps import STEPS
from lti_tool.activation.words import label_of
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


@dataclass(frozen=True, slots=True)
class Section:
    """One step's fields as a reader meets them: label and value."""

    title: str | Promise
    slug: str
    rows: list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Place:
    """A profile in the language of whoever reads it. `sources` keep their own titles."""

    name: str
    does: tuple[str, ...]
    sources: str
    read_on: date

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Place | None":
        """What `described` wrote, now or when it was signed off; None where the place is not known."""
        if not kept:
            return None
        return cls(
            name=_(kept["name"]),
            does=tuple(map(_, kept["does"])),
            sources="; ".join(map(_, kept["sources"])),
            read_on=date.fromisoformat(kept["read_on"]),
        )


def described(profile: Profile | None) -> dict[str, Any]:
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


def last_day(expires_at: datetime) -> date:
    """The day at whose end (UTC) it runs out."""
    return (expires_at - timedelta(seconds=1)).date()


def is_as_signed(activation: Activation) -> bool:
    """Whether the row still says what its hash was taken of."""
    return activation.record_hash == record_hash(activation)


def sections_of(activation: Activation) -> list[Section]:
    """All that is on record, in the order in which the wizard asks for it."""
    return [
        Section(step.title, step.slug, [_row(activation, name) for name in (*step.fields, *step.exception)])
        for step in STEPS
    ]


def _row(activation: Activation, name: str) -> tuple[str, object]:
    value = getattr(activation, name)
    if name == "expires_at":
        return _("Last day"), date_format(last_day(value), "DATE_FORMAT") if value else None
    if name == "exception_kind":
        value = activation.get_exception_kind_display()
    label = label_of(name, Activation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label, date_format(value, "DATE_FORMAT") if isinstance(value, date) else value


def _values(activation: Activation) -> Iterator[tuple[str, object]]:
    for name in RECORDED:
        value = getattr(activation, name)
        yield name, value.isoformat() if isinstance(value, date) else value
