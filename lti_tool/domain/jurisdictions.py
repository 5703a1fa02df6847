"""What the law of a place asks, as data with source and date. Not legal advice: check with your counsel."""

import re
from dataclasses import dataclass
from datetime import date

EU_AND_EEA = frozenset(
    {
        "EU",
        "EEA",
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DK",
        "EE",
        "FI",
        "FR",
        "DE",
        "GR",
        "HU",
        "IE",
        "IT",
        "LV",
        "LT",
        "LU",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SK",
        "SI",
        "ES",
        "SE",
        "IS",
        "LI",
        "NO",
    }
)
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_EXCEPTION = re.compile(r"(medical|safety):\s*\S.{7,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Profile:
    """One place's rules, as far as the software acts on them."""

    name: str
    source: str
    read_on: date
    inference_needs_exception: bool = False
    class_view: bool = True

    def permits_inference(self, legal_basis: str) -> bool:
        """Whether emotion may be inferred.

        Where it needs an exception, the legal basis must be written `medical: ...` or `safety: ...` and name
        the device or the risk assessment and who signed it off.
        """
        return not self.inference_needs_exception or bool(_EXCEPTION.match(legal_basis.strip()))


_READ = date(2026, 11, 20)
EU = Profile(
    "European Union and EEA",
    "Regulation (EU) 2024/1689, Article 5(1)(f): in education, only for medical or safety reasons",
    _READ,
    inference_needs_exception=True,
    class_view=False,  # a picture for teachers is neither of the two reasons
)
_NAMED = {
    "US-IL": Profile("Illinois", "Public Act 104-0054", _READ),
    "US-NV": Profile("Nevada", "Assembly Bill 406 (2025)", _READ),
    "US-CO": Profile("Colorado", "House Bill 26-1195", _READ),
    "GB": Profile("United Kingdom", "UK GDPR, Articles 6, 9 and 35", _READ),
    "IN": Profile("India", "Digital Personal Data Protection Act 2023, section 9", _READ),
    "DEMONSTRATION": Profile("Demonstration", "Invented people on one machine", _READ),
}
ELSEWHERE = Profile("Elsewhere", "No profile of its own: your counsel's assessment is the source", _READ)


def profile_of(jurisdiction: str) -> Profile | None:
    """The profile of an ISO 3166 code ("DE", "US-IL"), "elsewhere" or "demonstration".

    None for anything else: a place that was written in words could slip past the rules of that place.
    """
    code = jurisdiction.strip().upper()
    if code.partition("-")[0] in EU_AND_EEA:
        return EU
    if code == "ELSEWHERE" or _CODE.fullmatch(code):
        return _NAMED.get(code, ELSEWHERE)
    return _NAMED.get(code)
