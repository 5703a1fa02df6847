"""A person's usual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import baseline
from lti_tool.domain.baseline import BaselineValues, from_sessions, session_median

scores = st.floats(0, 1, allow_nan=False)


def test_the_usual_is_the_median_and_mad_of_session_medians() -> None:
    assert from_sessions([0.25, 0.5, 0.875]) == BaselineValues(0.5, 0.25, 3)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_under_three_sessions_the_usual_is_still_being_learned(count: int) -> None:
    assert from_sessions([0.3] * count) is None


def test_one_wild_session_does_not_move_the_usual() -> None:
    calm = from_sessions([0.20, 0.21, 0.22, 0.23, 0.24])
    wild = from_sessions([0.20, 0.21, 0.22, 0.23, 0.99])
    assert calm is not None
    assert wild is not None
    assert wild.median == calm.median


def test_only_the_newest_sessions_count() -> None:
    old, new = [0.9] * 30, [0.1] * baseline.SESSIONS_KEPT
    assert from_sessions(old + new) == BaselineValues(0.1, 0.0, baseline.SESSIONS_KEPT)


def test_a_glance_is_not_a_session() -> None:
    assert session_median([0.5] * (baseline.SNIPPETS_PER_SESSION - 1)) is None
    assert session_median([0.1, 0.5, 0.9]) == 0.5


def test_a_very_even_person_keeps_the_floor_as_spread() -> None:
    even = BaselineValues(0.3, 0.0, 5)
    assert even.spread == baseline.MAD_FLOOR
    assert even.z(0.3 + baseline.MAD_FLOOR) == pytest.approx(1.0)


@given(st.lists(scores, min_size=3, max_size=20))
def test_the_order_of_few_sessions_does_not_matter(medians: list[float]) -> None:
    assert from_sessions(medians) == from_sessions(sorted(medians))


@given(st.lists(scores, min_size=3), scores)
def test_a_score_and_its_z_lead_back_to_each_other(medians: list[float], score: float) -> None:
    usual = from_sessions(medians)
    assert usual is not None
    assert usual.score_at(usual.z(score)) == pytest.approx(score)


@given(st.lists(scores, min_size=3), scores, scores)
def test_a_higher_score_never_has_a_lower_z(medians: list[float], one: float, other: float) -> None:
    usual = from_sessions(medians)
    assert usual is not None
    assert (usual.z(one) <= usual.z(other)) == (one <= other) or usual.z(one) == usual.z(other)
