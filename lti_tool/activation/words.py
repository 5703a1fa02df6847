"""What is missing and why, in words for an administrator. Knows no pages."""

from dataclasses import dataclass
from typing import Final

from lti_tool.domain.activation import Lack
from lti_tool.domain.jurisdictions import Profile
from lti_tool.domain.retention import Kind, longest_days

_EVERYWHERE: Final = "Every place asks for it: who is accountable must be able to show it."
_PROMISED: Final = "The text that students agree to promises no longer time."
WORDS: Final[dict[str, tuple[str, str]]] = {
    "jurisdiction": ("Say where the law of this deployment applies.", "Without it no rule can be chosen."),
    "legal_basis": ("Name the legal basis.", _EVERYWHERE),
    "purpose": ("Say what it is done for.", _EVERYWHERE),
    "assessment_reference": ("Say where the impact assessment is filed.", _EVERYWHERE),
    "assessment_date": ("Say when the impact assessment was approved.", "This place wants it done before."),
    "device_identifier": ("Name the device.", "The exception holds for a device that can be told apart."),
    "counsel_name": ("Name the counsel who confirmed the exception.", "Nobody should rest on it alone."),
    "counsel_signed_on": ("Say when counsel signed.", "Nobody should rest on the exception alone."),
    "lower_age_reason": (
        "Give the reason for an age under 18.",
        "Attune is for adults otherwise.",
    ),
    "protection_contact": ("Name a contact for questions of data protection.", _EVERYWHERE),
    "counselor_contact": ("Say how students reach a counselor.", "Whoever is shown tension needs a person."),
    "counselor_hours": ("Say when a counselor is there.", "Nobody should wait for somebody who is away."),
    "record_days": ("Choose how long measurements are kept.", "One day at least."),
    "session_days": ("Choose how long camera times are kept.", "One day at least."),
    "signed_off_by": ("Name the person who answers for this.", _EVERYWHERE),
    "expires_at": ("Choose the last day.", "Whatever is not looked at again grows old."),
    Lack.UNKNOWN_JURISDICTION: (
        "This place is not known. Write a code, as DE, GB or US-IL, or “elsewhere”.",
        "A place in words could slip past the rules of that place.",
    ),
    Lack.INFERENCE_NOT_PERMITTED: (
        "Nothing may be inferred from faces here, but for a medical or a safety reason.",
        "Choose the exception if counsel confirmed it. If not, leave it locked: the calm corner is open.",
    ),
    Lack.ASSESSMENT_NOT_YET_APPROVED: (
        "The impact assessment is dated in the future.",
        "It comes before the processing.",
    ),
    Lack.COUNSEL_NOT_YET_SIGNED: (
        "Counsel's signature is dated in the future.",
        "It comes before measuring.",
    ),
    Lack.AGE_TOO_LOW: ("The least age is lower than this place allows.", "No reason on record changes that."),
    Lack.RECORDS_KEPT_TOO_LONG: (
        f"Measurements are kept for {longest_days(Kind.STRESS_RECORD)} days at most.",
        _PROMISED,
    ),
    Lack.SESSIONS_KEPT_TOO_LONG: (
        f"Camera times are kept for {longest_days(Kind.CAPTURE_SESSION)} days at most.",
        _PROMISED,
    ),
    Lack.EXPIRED: ("The last day is over.", "Choose one that lies ahead."),
    Lack.LASTS_TOO_LONG: ("The last day is more than a year away.", "After a year it is looked at again."),
    Lack.NOT_YET_SIGNED_OFF: ("It is not signed off.", "A draft opens nothing."),
}
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
    what, why = WORDS[lack]
    sources = profile.sources if profile and lack in FROM_THE_PLACE else ()
    return Explained(str(lack), what, why, sources)
