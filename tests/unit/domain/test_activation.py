"""A deployment stays locked until everything is on record, by the rules of its place."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.activation import (
    ADULT,
    EXCEPTION_FIELDS,
    LONGEST,
    WRITTEN_FIELDS,
    ExceptionKind,
    Lack,
    missing_for_approval,
    missing_for_class_view,
    missing_for_sensing,
)
from lti_tool.domain.jurisdictions import EU, EU_AND_EEA, PROFILES, profile_of
from lti_tool.domain.retention import Kind, longest_days

NOW = datetime(2026, 11, 18, tzinfo=UTC)
TODAY = NOW.date()
ONE_PLACE_OF_EACH = ("DE", "US-IL", "US-NV", "US-CO", "GB", "IN", "demonstration", "elsewhere")


@dataclass
class Recorded:
    """Everything that any place asks for."""

    jurisdiction: str = "elsewhere"
    legal_basis: str = "explicit consent"
    purpose: str = "early support"
    assessment_reference: str = "DPIA-7"
    assessment_date: date | None = TODAY - timedelta(days=1)
    exception_kind: str = "medical"
    device_identifier: str = "(01)04012345678901"
    counsel_name: str = "M. Moss"
    counsel_signed_on: date | None = TODAY - timedelta(days=1)
    least_age: int = ADULT
    lower_age_reason: str = ""
    protection_contact: str = "dpo@university.example"
    counselor_contact: str = "counseling@university.example"
    counselor_hours: str = "weekdays 9 to 17"
    record_days: int | None = 180
    session_days: int | None = 30
    signed_off_by: str = "Head of Student Services"
    signed_off_at: datetime | None = NOW - timedelta(days=1)
    expires_at: datetime | None = NOW + timedelta(days=1)


# Each way to fall short, with what is then said, and the places in which it matters (None: in all).
EU_ONLY = frozenset({"DE"})
DATED = frozenset({"DE", "GB"})
SHORTFALLS: list[tuple[dict[str, Any], str, frozenset[str] | None]] = [
    *(({name: empty}, name, None) for name in WRITTEN_FIELDS[1:] for empty in ("", "  \n")),
    *(({name: None if name == "counsel_signed_on" else " "}, name, EU_ONLY) for name in EXCEPTION_FIELDS),
    ({"exception_kind": ""}, Lack.INFERENCE_NOT_PERMITTED, EU_ONLY),
    ({"exception_kind": "convenience"}, Lack.INFERENCE_NOT_PERMITTED, EU_ONLY),
    ({"counsel_signed_on": TODAY + timedelta(days=1)}, Lack.COUNSEL_NOT_YET_SIGNED, EU_ONLY),
    ({"assessment_date": None}, "assessment_date", DATED),
    ({"assessment_date": TODAY + timedelta(days=1)}, Lack.ASSESSMENT_NOT_YET_APPROVED, None),
    ({"record_days": None}, "record_days", None),
    ({"record_days": 0}, "record_days", None),
    ({"record_days": 181}, Lack.RECORDS_KEPT_TOO_LONG, None),
    ({"session_days": None}, "session_days", None),
    ({"session_days": 31}, Lack.SESSIONS_KEPT_TOO_LONG, None),
    ({"least_age": 17, "lower_age_reason": "guardians agreed"}, Lack.AGE_TOO_LOW, frozenset({"IN"})),
    ({"least_age": 15, "lower_age_reason": "a school"}, Lack.AGE_TOO_LOW, frozenset({"IN", "DE"})),
    ({"least_age": 12, "lower_age_reason": "a school"}, Lack.AGE_TOO_LOW, None),
    ({"expires_at": None}, "expires_at", None),
    ({"expires_at": NOW}, Lack.EXPIRED, None),
]


def test_nothing_on_record_means_locked() -> None:
    assert missing_for_sensing(None, NOW) == (Lack.NO_ACTIVATION,)
    assert missing_for_class_view(None, NOW) == (Lack.NO_ACTIVATION,)


@pytest.mark.parametrize("place", ONE_PLACE_OF_EACH)
def test_everything_on_record_opens_it_in_every_place(place: str) -> None:
    recorded = Recorded(jurisdiction=place)
    assert missing_for_sensing(recorded, NOW) == missing_for_approval(recorded, NOW) == ()


@pytest.mark.parametrize(
    ("change", "said", "places"), SHORTFALLS, ids=[str(n) for n in range(len(SHORTFALLS))]
)
@pytest.mark.parametrize("place", ONE_PLACE_OF_EACH)
def test_every_shortfall_locks_where_it_matters_and_is_named(
    place: str, change: dict[str, Any], said: str, places: frozenset[str] | None
) -> None:
    recorded = replace(Recorded(jurisdiction=place), **change)
    matters = places is None or place in places

    assert missing_for_sensing(recorded, NOW) == ((said,) if matters else ())
    assert missing_for_approval(recorded, NOW) == ((said,) if matters else ())


def _together(changes: list[int]) -> dict[str, Any]:
    return {name: value for index in changes for name, value in SHORTFALLS[index][0].items()}


@given(
    place=st.sampled_from(ONE_PLACE_OF_EACH),
    chosen=st.lists(st.integers(0, len(SHORTFALLS) - 1), unique=True),
)
def test_shortfalls_never_cancel_each_other(place: str, chosen: list[int]) -> None:
    """Whatever is wrong together, it is locked if any one of what is still wrong would lock alone."""
    together = _together(chosen)
    recorded = replace(Recorded(jurisdiction=place), **together)
    still_wrong = [
        places
        for change, _, places in (SHORTFALLS[index] for index in chosen)
        if change.items() <= together.items()
    ]

    if any(places is None or place in places for places in still_wrong):
        assert missing_for_sensing(recorded, NOW)
        assert missing_for_approval(recorded, NOW)


@given(
    place=st.text(max_size=12) | st.sampled_from(["Germany", "Europe", "somewhere", "DEU", "EU/Germany", "D"])
)
def test_a_place_in_words_keeps_it_locked(place: str) -> None:
    lacks = missing_for_sensing(Recorded(jurisdiction=place), NOW)
    if not place.strip():
        assert lacks == ("jurisdiction",)
    elif profile_of(place) is None:
        assert lacks == (Lack.UNKNOWN_JURISDICTION,)
    else:
        assert place.strip().upper() in {"ELSEWHERE", "DEMONSTRATION"} or place.strip()[:2].isalpha()


@pytest.mark.spec("AI Act", "5(1)(f)")
@pytest.mark.parametrize("place", [*sorted(EU_AND_EEA), "de", " FR ", "DE-BY", "IT-25"])
def test_in_the_eu_and_eea_inference_of_emotion_is_off_and_the_class_view_stays_off(place: str) -> None:
    excepted = Recorded(jurisdiction=place)

    off = replace(excepted, exception_kind="")
    assert missing_for_sensing(off, NOW) == (Lack.INFERENCE_NOT_PERMITTED,)
    assert missing_for_sensing(excepted, NOW) == ()
    assert missing_for_class_view(excepted, NOW) == (Lack.CLASS_VIEW_NOT_PERMITTED,)


@pytest.mark.parametrize("words", ["medical: device 0123-456, counsel M. Moss", "safety: see assessment 7"])
def test_no_words_in_the_legal_basis_stand_for_an_exception(words: str) -> None:
    claimed = Recorded(jurisdiction="DE", legal_basis=words, exception_kind="")
    assert missing_for_sensing(claimed, NOW) == (Lack.INFERENCE_NOT_PERMITTED,)


@pytest.mark.parametrize("kind", list(ExceptionKind))
def test_both_reasons_need_the_device_and_counsel(kind: ExceptionKind) -> None:
    bare = Recorded(
        jurisdiction="FR", exception_kind=kind, device_identifier="", counsel_name="", counsel_signed_on=None
    )
    assert missing_for_sensing(bare, NOW) == EXCEPTION_FIELDS


@pytest.mark.parametrize(
    ("place", "country"), [("IN-KA", "IN"), ("GB-SCT", "GB"), ("US-CA", "elsewhere"), ("us-il", "US-IL")]
)
def test_a_part_of_a_country_has_its_own_profile_or_the_countrys(place: str, country: str) -> None:
    assert profile_of(place) is profile_of(country)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_every_profile_says_what_it_does_and_from_where(profile: Any) -> None:  # noqa: ANN401
    assert profile.does
    assert profile.sources
    assert profile.read_on <= date.today()  # noqa: DTZ011
    assert (profile is EU) == (not profile.class_view)


@pytest.mark.parametrize("place", [place for place in ONE_PLACE_OF_EACH if place != "DE"])
def test_elsewhere_a_class_view_needs_what_measuring_needs(place: str) -> None:
    assert missing_for_class_view(Recorded(jurisdiction=place), NOW) == ()
    assert missing_for_class_view(Recorded(jurisdiction=place, expires_at=NOW), NOW) == (Lack.EXPIRED,)


def test_it_locks_again_at_the_moment_it_expires() -> None:
    recorded = Recorded(expires_at=NOW)
    assert missing_for_sensing(recorded, NOW - timedelta(microseconds=1)) == ()
    assert missing_for_sensing(recorded, NOW) == (Lack.EXPIRED,)


@pytest.mark.parametrize("signed_off_at", [None, NOW + timedelta(hours=1)])
def test_it_is_locked_before_the_sign_off(signed_off_at: datetime | None) -> None:
    recorded = Recorded(signed_off_at=signed_off_at)
    assert missing_for_sensing(recorded, NOW) == (Lack.NOT_YET_SIGNED_OFF,)
    assert missing_for_approval(recorded, NOW) == ()


def test_nobody_can_sign_for_more_than_a_year() -> None:
    assert missing_for_approval(Recorded(expires_at=NOW + LONGEST), NOW) == ()
    longer = Recorded(expires_at=NOW + LONGEST + timedelta(seconds=1))
    assert missing_for_approval(longer, NOW) == (Lack.LASTS_TOO_LONG,)


@given(days=st.integers(-10, 400))
def test_retention_is_chosen_between_a_day_and_the_lifetime_of_the_kind(days: int) -> None:
    fits = {kind: 1 <= days <= longest_days(kind) for kind in (Kind.STRESS_RECORD, Kind.CAPTURE_SESSION)}
    assert (missing_for_sensing(Recorded(record_days=days), NOW) == ()) == fits[Kind.STRESS_RECORD]
    assert (missing_for_sensing(Recorded(session_days=days), NOW) == ()) == fits[Kind.CAPTURE_SESSION]


@given(age=st.integers(0, 99), reason=st.sampled_from(["", "a school for the gifted"]))
@pytest.mark.parametrize("place", ONE_PLACE_OF_EACH)
def test_nobody_under_18_without_a_reason_and_nobody_under_the_age_of_the_place(
    place: str, age: int, reason: str
) -> None:
    profile = profile_of(place)
    assert profile is not None
    recorded = Recorded(jurisdiction=place, least_age=age, lower_age_reason=reason)
    allowed = age >= ADULT or (age >= profile.least_age and reason != "")
    assert (missing_for_sensing(recorded, NOW) == ()) == allowed
