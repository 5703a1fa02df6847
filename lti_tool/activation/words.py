"""What is missing and why, in words for an administrator. Knows no pages."""

from dataclasses import dataclass
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from lti_tool.domain.activation import Lack
from lti_tool.domain.jurisdictions import Profile
from lti_tool.domain.retention import Kind, longest_days

_EVERYWHERE: Final = _("Every place asks for it: who is accountable must be able to show it.")
_PROMISED: Final = _("The text that students agree to promises no longer time.")
WORDS: Final[dict[str, tuple[str, str]]] = {
    "jurisdiction": (
        _("Say where the law of this deployment applies."),
        _("Without it no rule can be chosen."),
    ),
    "legal_basis": (_("Name the legal basis."), _EVERYWHERE),
    "purpose": (_("Say what it is done for."), _EVERYWHERE),
    "assessment_reference": (_("Say where the impact assessment is filed."), _EVERYWHERE),
    "assessment_date": (
        _("Say when the impact assessment was approved."),
        _("This place wants it done before."),
    ),
    "device_identifier": (
        _("Name the device."),
        _("The exception holds for a device that can be told apart."),
    ),
    "counsel_name": (
        _("Name the counsel who confirmed the exception."),
        _("Nobody should rest on it alone."),
    ),
    "counsel_signed_on": (_("Say when counsel signed."), _("Nobody should rest on the exception alone.")),
    "lower_age_reason": (
        _("Give the reason for an age under 18."),
        _("Attune is for adults otherwise."),
    ),
    "protection_contact": (_("Name a contact for questions of data protection."), _EVERYWHERE),
    "counselor_contact": (
        _("Say how students reach a counselor."),
        _("Whoever is shown tension needs a person."),
    ),
    "counselor_hours": (
        _("Say when a counselor is there."),
        _("Nobody should wait for somebody who is away."),
    ),
    "record_days": (_("Choose how long measurements are kept."), _("One day at least.")),
    "session_days": (_("Choose how long camera times are kept."), _("One day at least.")),
    "signed_off_by": (_("Name the person who answers for this."), _EVERYWHERE),
    "expires_at": (_("Choose the last day."), _("Whatever is not looked at again grows old.")),
    Lack.UNKNOWN_JURISDICTION: (
        _("This place is not known. Write a code, as DE, GB or US-IL, or “elsewhere”."),
        _("A place in words could slip past the rules of that place."),
    ),
    Lack.INFERENCE_NOT_PERMITTED: (
        _("Nothing may be inferred from faces here, but for a medical or a safety reason."),
        _("Choose the exception if counsel confirmed it. If not, leave it locked: the calm corner is open."),
    ),
    Lack.ASSESSMENT_NOT_YET_APPROVED: (
        _("The impact assessment is dated in the future."),
        _("It comes before the processing."),
    ),
    Lack.COUNSEL_NOT_YET_SIGNED: (
        _("Counsel's signature is dated in the future."),
        _("It comes before measuring."),
    ),
    Lack.AGE_TOO_LOW: (
        _("The least age is lower than this place allows."),
        _("No reason on record changes that."),
    ),
    Lack.RECORDS_KEPT_TOO_LONG: (
        _("Measurements are kept for %(days)d days at most."),
        _PROMISED,
    ),
    Lack.SESSIONS_KEPT_TOO_LONG: (
        _("Camera times are kept for %(days)d days at most."),
        _PROMISED,
    ),
    Lack.EXPIRED: (_("The last day is over."), _("Choose one that lies ahead.")),
    Lack.LASTS_TOO_LONG: (
        _("The last day is more than a year away."),
        _("After a year it is looked at again."),
    ),
    Lack.NOT_YET_SIGNED_OFF: (_("It is not signed off."), _("A draft opens nothing.")),
}
_LONGEST: Final[dict[str, Kind]] = {
    Lack.RECORDS_KEPT_TOO_LONG: Kind.STRESS_RECORD,
    Lack.SESSIONS_KEPT_TOO_LONG: Kind.CAPTURE_SESSION,
}
LABELS: Final[dict[str, str]] = {
    "legal_basis": _("Legal basis"),
    "purpose": _("Purpose"),
    "device_identifier": _("Device identifier"),
    "counselor_contact": _("Counselor contact"),
    "counselor_hours": _("Counselor hours"),
    "signed_off_by": _("Signed off by"),
}
"""Of fields that the model names by their own name: said here, where translators find them."""
FROM_THE_PLACE: Final = frozenset(
    {
        "assessment_date",
        "device_identifier",
        "counsel_name",
        "counsel_signed_on",
        Lack.INFERENCE_NOT_PERMITTED,
        Lack.ASSESSMENT_NOT_YET_APPROVED,
        Lack.COUNSEL_NOT_YET_SIGNED,
        Lack.AGE_TOO_LOW,
    }
)
"""What one place asks and another does not: its sources are named beside it."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One lack: what to do, why, and whose law it is (empty: everybody's)."""

    code: str
    what: str
    why: str
    sources: tuple[str, ...] = ()


def explain(lack: str, profile: Profile | None) -> Explained:
    """A lack in words."""
    what, why = map(gettext, WORDS[lack])
    sources = profile.sources if profile and lack in FROM_THE_PLACE else ()
    if lack in _LONGEST:
        what %= {"days": longest_days(_LONGEST[lack])}
    return Explained(str(lack), what, why, tuple(map(gettext, sources)))


def label_of(name: str, verbose_name: object) -> str:
    """A field's label, in a form and on the record."""
    return gettext(LABELS[name]) if name in LABELS else capfirst(str(verbose_name))
