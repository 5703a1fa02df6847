"""Blackboard: one issuer for all schools, whose pages live elsewhere."""

from lti_tool.lti.quirks.families import quirks_of
from lti_tool.lti.quirks.registration import more_origins


def test_pages_of_its_schools_may_show_the_tool() -> None:
    assert more_origins("https://blackboard.com") == ["https://*.blackboard.com"]


def test_who_only_looks_like_it_gets_no_page_more() -> None:
    for issuer in ("https://moodle.example.edu", "https://blackboard.com.evil.example"):
        assert more_origins(issuer) == []


def test_what_it_calls_itself_in_launches_is_known() -> None:
    assert quirks_of("BlackboardLearn").name == "Blackboard"
