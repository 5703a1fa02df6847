"""A deployment stays locked until everything is on record."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.domain.activation import WRITTEN_FIELDS, Lack, missing_for_class_view, missing_for_sensing
from lti_tool.domain.jurisdictions import EU, EU_AND_EEA, profile_of

NOW = datetime(2026, 11, 18, tzinfo=UTC)
EXCEPTION = "medical: device 0123-456, counsel M. Moss"


@dataclass
class Recorded:
    jurisdiction: str = "elsewhere"
    legal_basis: str = "explicit consent"
    purpose: str = "early support"
    assessment_reference: str = "DPIA-7"
    protection_contact: str = "dpo@university.example"
    counselor_contact: str = "counseling@university.example"
    counselor_hours: str = "weekdays 9 to 17"
    signed_off_by: str = "Head of Student Services"
    signed_off_at: datetime = NOW - timedelta(days=1)
    expires_at: datetime = NOW + timedelta(days=1)


def test_nothing_on_record_means_locked() -> None:
    assert missing_for_sensing(None, NOW) == (Lack.NO_ACTIVATION,)


def test_everything_on_record_opens_it() -> None:
    assert missing_for_sensing(Recorded(), NOW) == ()


@pytest.mark.parametrize("name", WRITTEN_FIELDS)
@pytest.mark.parametrize("empty", ["", "  \n"])
def test_every_written_field_is_needed(name: str, empty: str) -> None:
    recorded = Recorded()
    setattr(recorded, name, empty)
    assert name in missing_for_sensing(recorded, NOW)


def test_it_locks_again_at_the_moment_it_expires() -> None:
    recorded = Recorded(expires_at=NOW)
    assert missing_for_sensing(recorded, NOW - timedelta(microseconds=1)) == ()
    assert missing_for_sensing(recorded, NOW) == (Lack.EXPIRED,)


def test_it_is_locked_before_the_sign_off() -> None:
    assert missing_for_sensing(Recorded(signed_off_at=NOW + timedelta(hours=1)), NOW) == (
        Lack.NOT_YET_SIGNED_OFF,
    )


@pytest.mark.parametrize("place", [*sorted(EU_AND_EEA), "de", " FR ", "DE-BY", "IT-25"])
def test_in_the_eu_and_eea_inference_of_emotion_is_off(place: str) -> None:
    assert missing_for_sensing(Recorded(jurisdiction=place), NOW) == (Lack.INFERENCE_NOT_PERMITTED,)


def test_a_recorded_medical_or_safety_basis_is_the_only_exception() -> None:
    allowed = Recorded(jurisdiction="DE", legal_basis=EXCEPTION)
    assert missing_for_sensing(allowed, NOW) == ()
    for basis in ("medical", "medical:", "medical: x", "explicit consent, medical: device 0123-456"):
        assert missing_for_sensing(replace(allowed, legal_basis=basis), NOW) == (
            Lack.INFERENCE_NOT_PERMITTED,
        )


@pytest.mark.parametrize("place", ["Germany", "Europe", "somewhere", "D", "DEU", "EU/Germany"])
def test_a_place_in_words_keeps_it_locked(place: str) -> None:
    assert missing_for_sensing(Recorded(jurisdiction=place), NOW) == (Lack.UNKNOWN_JURISDICTION,)


@pytest.mark.parametrize(
    "place", ["US-IL", "US-NV", "US-CO", "GB", "IN", "US", "JP", "elsewhere", "demonstration"]
)
def test_every_other_place_has_a_profile_with_a_source(place: str) -> None:
    profile = profile_of(place)
    assert profile is not None
    assert profile is not EU
    assert profile.source
    assert missing_for_sensing(Recorded(jurisdiction=place), NOW) == ()


@pytest.mark.parametrize("place", [*sorted(EU_AND_EEA), "DE-BY"])
def test_in_the_eu_and_eea_no_class_view_even_where_measuring_is_allowed(place: str) -> None:
    allowed = Recorded(jurisdiction=place, legal_basis=EXCEPTION)
    assert missing_for_sensing(allowed, NOW) == ()
    assert missing_for_class_view(allowed, NOW) == (Lack.CLASS_VIEW_NOT_PERMITTED,)


@pytest.mark.parametrize("place", ["elsewhere", "GB", "US-IL", "demonstration"])
def test_elsewhere_a_class_view_needs_what_measuring_needs(place: str) -> None:
    assert missing_for_class_view(Recorded(jurisdiction=place), NOW) == ()
    assert missing_for_class_view(Recorded(jurisdiction=place, expires_at=NOW), NOW) == (Lack.EXPIRED,)
    assert missing_for_class_view(None, NOW) == (Lack.NO_ACTIVATION,)
