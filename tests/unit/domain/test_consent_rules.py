"""What a student's choices allow."""

from itertools import chain, combinations

import pytest

from lti_tool.domain.consent import ConsentText, Problem, Purpose, allows, problems

EVERY_CHOICE = [set(c) for c in chain.from_iterable(combinations(Purpose, n) for n in range(4))]


@pytest.mark.parametrize("chosen", EVERY_CHOICE)
@pytest.mark.parametrize("adult", [True, False])
def test_a_yes_needs_the_camera_and_an_adult(chosen: set[Purpose], adult: bool) -> None:
    found = problems(chosen, adult_confirmed=adult)

    assert (Problem.CAMERA_NOT_CHOSEN in found) == (Purpose.CAMERA not in chosen)
    assert (Problem.ADULT_NOT_CONFIRMED in found) == (not adult)


@pytest.mark.parametrize("chosen", EVERY_CHOICE)
def test_only_what_was_chosen_is_allowed_and_nothing_without_the_camera(chosen: set[Purpose]) -> None:
    for purpose in Purpose:
        assert allows(chosen, purpose) == (purpose in chosen and Purpose.CAMERA in chosen)


def test_an_answer_holds_only_for_the_same_version_and_the_same_words() -> None:
    text = ConsentText("v1", "abc")

    assert text.is_same_as(version="v1", hash="abc")
    assert not text.is_same_as(version="v1", hash="abd")
    assert not text.is_same_as(version="v2", hash="abc")
