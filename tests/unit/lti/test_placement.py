"""Custom parameters: what we wrote comes back as we meant it, and nothing else gets in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.protocol.placement import DIFFICULTIES, Page, Placement, placement_of

DATES = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
PLACEMENTS = st.builds(
    Placement,
    page=st.sampled_from(Page) | st.none(),
    difficulty=st.sampled_from(DIFFICULTIES) | st.none(),
    due_date=DATES | st.none(),
    timed=st.booleans(),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda x: (
        st.lists(x)
        | st.dictionaries(st.text() | st.sampled_from(["page", "difficulty", "due_date", "timed"]), x)
    ),
)


@given(placement=PLACEMENTS)
def test_what_was_chosen_comes_back(placement: Placement) -> None:
    assert placement_of(placement.as_custom()) == placement


@given(custom=JSON)
def test_whatever_arrives_is_within_bounds(custom: object) -> None:
    found = placement_of(custom)

    assert found.page is None or found.page in Page
    assert found.difficulty is None or found.difficulty in DIFFICULTIES
    assert found.due_date is None or found.due_date.year in range(2000, 2101)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"page": "$Bogus.variable", "difficulty": "$Bogus.variable", "due_date": "$ResourceLink.submission"},
        {"page": "admin", "difficulty": "0", "due_date": "2026-02-30"},
        {"page": "Calm", "difficulty": "6", "due_date": "1999-12-31", "timed": "true"},
        {"page": "calm ", "difficulty": "03", "due_date": "20261231"},
        {"page": ["calm"], "difficulty": 3, "due_date": "2026-W49-2"},
        {"page": {}, "difficulty": "٣", "due_date": "２０２６-12-31"},
        {"page": None, "difficulty": "3.0", "due_date": "2026-12-31T00:00"},
        "calm",
        None,
    ],
)
def test_nonsense_is_left_out(nonsense: object) -> None:
    assert placement_of(nonsense) == Placement()


def test_one_good_parameter_survives_beside_nonsense() -> None:
    found = placement_of({"page": "calm", "difficulty": "$Bogus.variable", "term": "$Other"})

    assert found == Placement(page=Page.CALM)
