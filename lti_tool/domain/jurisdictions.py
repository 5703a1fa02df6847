"""What the law of a place asks, as data with sources and dates. Not legal advice: check with your counsel."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lti_tool.core.words import gettext_noop as _

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
_READ = date(2026, 11, 20)


class Sharing(StrEnum):
    """How a student's record may come before a counselor."""

    WITH_CONSENT = "with_consent"
    BY_OWN_ACT = "by_own_act"


@dataclass(frozen=True, slots=True)
class Profile:
    """One place's rules, as far as the software acts on them. `does` says the same to a reader.

    Its words are marked, and translated where they are shown: what is signed off keeps them as written. Laws
    keep their own titles.
    """

    name: str
    does: tuple[str, ...]
    sources: tuple[str, ...]
    read_on: date = _READ
    inference_needs_exception: bool = False
    assessment_needs_date: bool = False
    class_view: bool = True
    sharing: Sharing = Sharing.WITH_CONSENT
    least_age: int = 13


_ACT = _(
    "A counselor sees a student's record only after that student showed it, by an act of their own on their "
    "own page. The consent page does not offer it."
)
_FROM_13 = _("Nobody under 13, and under 18 only with a reason on record.")

EU = Profile(
    name=_("European Union and EEA"),
    does=(
        _("Nothing is inferred from a face. The calm corner stays open."),
        _(
            "The one exception is a medical or safety reason, with the identifier of the device and the "
            "sign-off of counsel on record."
        ),
        _("Teachers see no class pattern, exception or not: it is neither of the two reasons."),
        _("A data protection impact assessment, with the day on which it was approved."),
        _("Nobody under 16, and under 18 only with a reason on record."),
    ),
    sources=(
        "Regulation (EU) 2024/1689 (AI Act), Article 5(1)(f), applicable since 2 February 2025",
        "Regulation (EU) 2016/679 (GDPR), Articles 6, 8, 9 and 35",
    ),
    inference_needs_exception=True,
    assessment_needs_date=True,
    class_view=False,
    least_age=16,
)
ILLINOIS = Profile(
    name=_("Illinois"),
    does=(_ACT, _FROM_13),
    sources=(
        "Illinois Public Act 104-0054 (Wellness and Oversight for Psychological Resources Act)",
        "Children's Online Privacy Protection Act, 15 U.S.C. 6501-6506",
    ),
    sharing=Sharing.BY_OWN_ACT,
)
NEVADA = Profile(
    name=_("Nevada"),
    does=ILLINOIS.does,
    sources=("Nevada Assembly Bill 406 (2025)", ILLINOIS.sources[1]),
    sharing=Sharing.BY_OWN_ACT,
)
COLORADO = Profile(
    name=_("Colorado"),
    does=ILLINOIS.does,
    sources=("Colorado House Bill 26-1195", ILLINOIS.sources[1]),
    sharing=Sharing.BY_OWN_ACT,
)
UNITED_KINGDOM = Profile(
    name=_("United Kingdom"),
    does=(
        _("A data protection impact assessment, approved before anything is measured, with the day of it."),
        _FROM_13,
    ),
    sources=("UK GDPR, Articles 6, 9 and 35", "Data Protection Act 2018, section 9"),
    assessment_needs_date=True,
)
INDIA = Profile(
    name=_("India"),
    does=(
        _(
            "Nobody under 18: the verifiable consent of a parent or guardian, which the law asks for, cannot "
            "be taken by this software. No reason on record lowers that age."
        ),
    ),
    sources=("Digital Personal Data Protection Act 2023, section 9",),
    least_age=18,
)
DEMONSTRATION = Profile(
    name=_("Demonstration"),
    does=(_("Invented people on one machine. Never for a real student."),),
    sources=(_("No law: nobody in it exists"),),
)
ELSEWHERE = Profile(
    name=_("Elsewhere"),
    does=(
        _("What every place asks: legal basis, purpose, assessment, contacts, retention, sign-off, expiry."),
        _FROM_13,
    ),
    sources=(_("No profile of its own: your counsel's assessment is the source"),),
)
_NAMED = {
    "US-IL": ILLINOIS,
    "US-NV": NEVADA,
    "US-CO": COLORADO,
    "GB": UNITED_KINGDOM,
    "IN": INDIA,
    "DEMONSTRATION": DEMONSTRATION,
}
PLACES = (*sorted(EU_AND_EEA), *_NAMED, "ELSEWHERE")
"""The codes that an administrator is offered. Other codes of ISO 3166 are taken, too."""
PROFILES = (EU, *_NAMED.values(), ELSEWHERE)


def profile_of(jurisdiction: str) -> Profile | None:
    """The profile of an ISO 3166 code ("DE", "US-IL"), "elsewhere" or "demonstration".

    A part of a country without a profile of its own ("IN-KA", "GB-SCT") has its country's. None for anything
    else: a place that was written in words could slip past the rules of that place.
    """
    code = jurisdiction.strip().upper()
    if code == "ELSEWHERE" or code in _NAMED:
        return _NAMED.get(code, ELSEWHERE)
    country = code.partition("-")[0]
    if country in EU_AND_EEA:
        return EU
    return _NAMED.get(country, ELSEWHERE) if _CODE.fullmatch(code) else None
