"""What a student's choices allow."""

from datetime import timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.consent import (
    REST,
    ConsentText,
    Problem,
    Purpose,
    allows,
    asks_again,
    offered,
    problems,
    reaches_counselor,
)
from lti_tool.domain.jurisdictions import COLORADO, ILLINOIS, NEVADA, PROFILES, Sharing
from tests.factories.times import NOW

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


HASHES = st.dictionaries(st.sampled_from(["en", "es", "zh-hans", "fr"]), st.text(max_size=3), min_size=1)


@given(hashes=HASHES, answered=st.text(max_size=3), version=st.sampled_from(["v1", "v2"]))
def test_an_answer_holds_in_every_language_of_a_text_or_in_none(
    hashes: dict[str, str], answered: str, version: str
) -> None:
    """Whichever of the languages is looked at, and for the words of each of them."""
    texts = [
        ConsentText("v1", own, language, frozenset(h for other, h in hashes.items() if other != language))
        for language, own in hashes.items()
    ]
    holds = {text.is_same_as(version=version, hash=answered) for text in texts}
    assert holds == {version == "v1" and answered in hashes.values()}
    assert all(text.is_same_as(version="v1", hash=h) for text in texts for h in hashes.values())


@pytest.mark.parametrize("chosen", EVERY_CHOICE)
@pytest.mark.parametrize("by_own_act", [True, False])
@pytest.mark.parametrize("sharing", list(Sharing))
def test_a_counselor_is_reached_by_a_choice_or_where_that_is_the_law_by_an_act_of_its_own(
    chosen: set[Purpose], by_own_act: bool, sharing: Sharing
) -> None:
    reached = reaches_counselor(chosen, by_own_act=by_own_act, sharing=sharing)

    assert reached == (
        {Purpose.CAMERA, Purpose.COUNSELOR} <= chosen and (by_own_act or sharing is Sharing.WITH_CONSENT)
    )


@pytest.mark.parametrize("chosen", EVERY_CHOICE)
def test_where_sharing_is_an_act_of_its_own_no_page_asks_for_it(chosen: set[Purpose]) -> None:
    assert Purpose.COUNSELOR not in offered(Sharing.BY_OWN_ACT)
    found = problems(chosen, adult_confirmed=True, sharing=Sharing.BY_OWN_ACT)
    assert (Problem.SHARED_WITHOUT_OWN_ACT in found) == (Purpose.COUNSELOR in chosen)


@pytest.mark.parametrize("chosen", EVERY_CHOICE)
@pytest.mark.parametrize("sharing", list(Sharing))
def test_where_no_class_pattern_may_be_made_nobody_is_asked_to_be_counted(
    chosen: set[Purpose], sharing: Sharing
) -> None:
    assert Purpose.CLASS not in offered(sharing, class_view=False)
    assert Purpose.CLASS in offered(sharing)
    found = problems(chosen, adult_confirmed=True, sharing=sharing, class_view=False)
    assert (Problem.CLASS_NOT_OFFERED in found) == (Purpose.CLASS in chosen)


@pytest.mark.parametrize("said_yes", [True, False])
@pytest.mark.parametrize("after", [timedelta(0), REST, 10 * REST])
def test_an_answer_that_holds_is_never_asked_for_again(said_yes: bool, after: timedelta) -> None:
    assert not asks_again(said_yes=said_yes, holds=True, answered_at=NOW, at=NOW + after)


def test_a_yes_to_other_words_is_asked_about_at_once_and_a_not_now_after_a_term() -> None:
    moments = [NOW, NOW + REST - timedelta(seconds=1), NOW + REST]
    asked = {
        said_yes: [asks_again(said_yes=said_yes, holds=False, answered_at=NOW, at=at) for at in moments]
        for said_yes in (True, False)
    }
    assert asked == {True: [True, True, True], False: [False, False, True]}


def test_sharing_begins_with_the_student_in_illinois_nevada_and_colorado() -> None:
    by_act = [profile for profile in PROFILES if profile.sharing is Sharing.BY_OWN_ACT]
    assert by_act == [ILLINOIS, NEVADA, COLORADO]
