"""Reading a course list: claims, pages and links of any shape."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.protocol.claims import NAMES_AND_ROLES
from lti_tool.lti.protocol.roster import (
    Member,
    Roster,
    RosterUnreadable,
    members_of,
    memberships_url_of,
    next_page,
)
from tests.unit.lti.voices import Voice

HERE = "https://platform.example/nrps/7?limit=10"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("members"), inner),
)


def test_the_address_of_the_list_is_taken_from_the_launch(voice: Voice) -> None:
    assert voice.say().memberships_url == f"{voice.platform.issuer}/nrps/course-stat-101/memberships"


@pytest.mark.parametrize(
    "claim",
    [
        None,
        "https://platform.example/nrps",
        {},
        {"context_memberships_url": "javascript:alert(1)"},
        {"context_memberships_url": 7},
        {"context_memberships_url": "https://platform.example/" + 1000 * "a"},
        {"context_memberships_url": "https://platform.example/\n"},
        {"context_memberships_url": HERE, "service_versions": ["1.0"]},
    ],
)
def test_a_launch_whose_list_cannot_be_used_is_a_launch_all_the_same(voice: Voice, claim: Any) -> None:  # noqa: ANN401
    assert voice.say(**{NAMES_AND_ROLES: claim}).memberships_url == ""


def test_versions_may_be_left_out() -> None:
    assert memberships_url_of({NAMES_AND_ROLES: {"context_memberships_url": HERE}}) == HERE


def test_the_platforms_case_of_the_next_address_is_kept() -> None:
    link = '<https://platform.example/NRPS/7?Page=AbC>; rel="next"'
    assert next_page(link, after=HERE) == "https://platform.example/NRPS/7?Page=AbC"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", ""),
        ('<https://platform.example/a>; rel="prev"', ""),
        (
            '<https://platform.example/a>; rel="prev", <https://platform.example/b>; rel=next',
            "https://platform.example/b",
        ),
        ('<?page=2>; title="x"; rel="next"', "https://platform.example/nrps/7?page=2"),
        ('<https://platform.example/a>; rel="differences"', ""),
        ("nonsense; rel=next", ""),
    ],
)
def test_the_next_page_is_found_in_the_header(link: str, expected: str) -> None:
    assert next_page(link, after=HERE) == expected


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/b", "http://platform.example/b", "//elsewhere.example"]
)
def test_a_next_page_on_another_host_is_refused(address: str) -> None:
    with pytest.raises(RosterUnreadable):
        next_page(f'<{address}>; rel="next"', after=HERE)


@given(st.text())
def test_no_header_breaks_the_search_for_a_next_page(header: str) -> None:
    try:
        found = next_page(header, after=HERE)
    except RosterUnreadable:
        return
    assert found == "" or found.startswith("https://platform.example")


@given(ANY_JSON)
def test_any_document_is_read_or_refused(document: object) -> None:
    try:
        members = list(members_of(document))
    except RosterUnreadable:
        return
    assert all(isinstance(member, Member) and member.sub for member in members)


def test_a_status_that_is_left_out_means_active_and_any_other_does_not() -> None:
    entries = [
        {"user_id": status or "none", "status": status} for status in ("Active", None, "Inactive", "Deleted")
    ]
    active = Roster(tuple(members_of({"members": entries}))).present
    assert active == {"Active", "none"}


def test_a_status_of_another_kind_is_not_active() -> None:
    (member,) = members_of({"members": [{"user_id": "a", "status": ["Active"]}]})
    assert not member.active


def test_a_next_page_without_a_readable_address_is_refused() -> None:
    with pytest.raises(RosterUnreadable):
        next_page('<http://[>; rel="next"', after=HERE)


def test_somebody_listed_twice_is_counted_once_and_a_teaching_learner_not_at_all() -> None:
    learner = {"user_id": "a", "roles": ["Learner"]}
    teacher = {"user_id": "b", "roles": ["Learner", "Instructor"]}
    roster = Roster(tuple(members_of({"members": [learner, learner, teacher]})))
    assert roster.class_size == 1
