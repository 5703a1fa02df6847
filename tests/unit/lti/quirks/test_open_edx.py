"""Open edX: it registers nothing by itself and does not say what it is."""

import pytest

from lti_tool.lti.quirks.families import known_codes, quirks_of
from lti_tool.lti.quirks.family import PLAIN
from tests.unit.lti.voices import Voice


@pytest.mark.parametrize("claim", [None, {"guid": "9f3c", "name": "Open edX of the law school"}])
def test_what_it_says_of_itself_names_no_family(voice: Voice, claim: object) -> None:
    assert quirks_of(voice.say(tool_platform=claim).product_family) is PLAIN


def test_whoever_enters_it_by_hand_finds_a_word_for_it() -> None:
    assert "openedx" in known_codes()
    assert quirks_of("openedx").worth_knowing


def test_nobody_is_told_to_paste_a_link_into_it() -> None:
    family = quirks_of("openedx")

    assert "no registration links" in family.by_hand[0]
    assert family.after_registering == ()
