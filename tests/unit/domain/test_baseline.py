"""A person's usual."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain import baseline
from lti_tool.domain.baseline import LEARNING, BaselineValues, LearningRule, from_sessions, session_median

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


class Taken(NamedTuple):
    ended_at: datetime
    score: float


BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def every_other_day(scores: Sequence[float], first: int = 0) -> list[Taken]:
    return [Taken(BEGIN + (first + 2 * number) * DAY, score) for number, score in enumerate(scores)]


CALM = every_other_day([0.30, 0.32, 0.31, 0.29, 0.30])
calm_or_not = st.lists(st.floats(0, 1), max_size=40).map(every_other_day)


def test_a_crisis_of_three_weeks_does_not_move_the_usual() -> None:
    crisis = every_other_day([0.6] * 11, first=10)
    assert LEARNING.usual(CALM + crisis) == LEARNING.usual(CALM)
    at_once = LearningRule(waits=timedelta(0)).usual(CALM + crisis)
    assert at_once is not None
    assert at_once.median == 0.6  # what it would be without the wait


def test_what_lasts_for_longer_becomes_the_usual() -> None:
    new_life = every_other_day([0.6] * 25, first=10)
    usual = LEARNING.usual(CALM + new_life)
    assert usual is not None
    assert usual.median == 0.6


@given(st.floats(-0.0025, 0.0025))
def test_a_slow_drift_is_followed(step: float) -> None:
    """An eighth of a spread from one session to the next, five in a term: no session of it ever waits."""
    drifting = every_other_day([0.5 + step * number for number in range(40)])
    usual = LEARNING.usual(drifting)
    assert usual is not None
    assert usual.median == pytest.approx(0.5 + step * 29.5)


@given(calm_or_not)
def test_a_calmer_session_never_waits(sessions: list[Taken]) -> None:
    usual = LEARNING.usual(sessions)
    if usual is not None:
        calmer = Taken(BEGIN + 100 * DAY, usual.median)
        assert calmer in LEARNING.remembered([*sessions, calmer])


@given(calm_or_not)
def test_the_usual_is_known_from_the_third_session_on(sessions: list[Taken]) -> None:
    assert (LEARNING.usual(sessions) is None) == (len(sessions) < baseline.SESSIONS_NEEDED)


@given(calm_or_not, st.lists(st.floats(0.9, 1), max_size=60))
def test_many_sessions_in_a_crisis_push_no_calm_one_out(sessions: list[Taken], crisis: list[float]) -> None:
    calm = [*CALM, *(Taken(s.ended_at + 10 * DAY, 0.3 + s.score / 100) for s in sessions)]
    hours = [Taken(BEGIN + 91 * DAY + n * timedelta(hours=3), score) for n, score in enumerate(crisis)]
    remembered = LEARNING.remembered([*calm, *hours])
    assert set(LEARNING.remembered(calm)) <= set(remembered)
    assert LEARNING.usual(remembered) == LEARNING.usual(calm)


@given(calm_or_not)
def test_what_is_remembered_is_some_of_what_was_in_the_order_of_time(sessions: list[Taken]) -> None:
    remembered = LEARNING.remembered(sessions)
    assert remembered == [session for session in sessions if session in set(remembered)]
    assert len(remembered) >= min(len(sessions), baseline.SESSIONS_KEPT)
