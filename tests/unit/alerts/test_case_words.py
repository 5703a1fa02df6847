"""Hours, counts and steps in whole sentences."""

from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from lti_tool.alerts.words import COUNTED, DONE, Reached, counted_words, done_words, hours_words
from lti_tool.domain.cases import CaseState, Step
from lti_tool.domain.staffing import StaffedHours

UTC = ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("mon-fri 09:00-17:00", "Mon–Fri 09:00–17:00"),
        ("mon-thu 09:00-17:00; fri 09:00-13:00", "Mon–Thu 09:00–17:00; Fri 09:00–13:00"),
        (
            "mon-fri 09:00-12:00; mon-thu 13:00-17:00",
            "Mon–Thu 09:00–12:00, 13:00–17:00; Fri 09:00–12:00",
        ),
        ("fri-mon 10:00-11:00", "Mon 10:00–11:00; Fri–Sun 10:00–11:00"),
        ("", ""),
    ],
)
def test_hours_are_said_by_runs_of_days(typed: str, words: str) -> None:
    assert hours_words(StaffedHours.parse(typed, UTC)) == words


def test_days_of_the_week_are_said_in_the_readers_language() -> None:
    with translation.override("es"):
        assert hours_words(StaffedHours.parse("sat 10:00-11:00", UTC)).startswith("sáb")


def test_every_step_and_every_open_state_has_a_sentence() -> None:
    assert set(DONE) == set(Step)
    assert set(COUNTED) == set(CaseState) - {CaseState.CLOSED}
    assert counted_words(CaseState.CONTACTED, 3) == "3 in contact"


def test_a_step_is_said_with_who_did_it_and_how() -> None:
    assert done_words(Step.CONTACT, who="Cora", detail=Reached.PHONE) == "Cora made contact: by telephone"
    assert done_words(Step.HAND_OVER, who="Cora", detail="a pseudonym") == "Cora handed it over"
