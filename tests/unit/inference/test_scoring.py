"""Properties that the score must have, whatever the probabilities."""

from __future__ import annotations

from dataclasses import astuple
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from inference.contract import Contract
from inference.scoring import STUDENT, Floats, Scorer

CONTRACT = Contract.read()
SCORER = Scorer(CONTRACT.score, CONTRACT.expressions)
COUNT = len(CONTRACT.expressions)


@st.composite
def snippets(draw: st.DrawFn, least: int = 1) -> Floats:
    frames = draw(st.integers(least, 12))
    raw = draw(arrays(np.float64, (frames, COUNT), elements=st.floats(0.001, 1)))
    return raw / raw.sum(axis=1, keepdims=True)


def only(name: str) -> Floats:
    return np.eye(COUNT)[[CONTRACT.expressions.index(name)] * 4]


@given(snippets())
def test_the_score_lies_in_its_interval_and_that_between_0_and_1(shares: Floats) -> None:
    score = SCORER.score(shares)
    assert 0 <= score.low <= score.value <= score.high <= 1


@given(snippets(), st.randoms(use_true_random=False))
def test_the_order_of_frames_changes_nothing(shares: Floats, random: Random) -> None:
    shuffled = shares[random.sample(range(len(shares)), len(shares))]
    assert astuple(SCORER.score(shuffled)) == pytest.approx(astuple(SCORER.score(shares)))
    assert np.allclose(SCORER.robust_mean(shuffled), SCORER.robust_mean(shares))


@given(snippets(), st.data())
def test_moving_probability_to_a_tenser_expression_never_lowers_the_score(
    shares: Floats, data: st.DataObject
) -> None:
    ranked = sorted(range(COUNT), key=lambda index: CONTRACT.score.weights[CONTRACT.expressions[index]])
    calmer, tenser = sorted(data.draw(st.tuples(*[st.integers(0, COUNT - 1)] * 2)))
    frame = data.draw(st.integers(0, len(shares) - 1))
    moved = shares.copy()
    part = data.draw(st.floats(0, 1)) * moved[frame, ranked[calmer]]
    moved[frame, ranked[calmer]] -= part
    moved[frame, ranked[tenser]] += part
    assert SCORER.score(moved).value >= SCORER.score(shares).value - 1e-12


@given(snippets())
def test_the_score_is_the_weighted_sum_of_the_mean_that_is_shown(shares: Floats) -> None:
    shown = SCORER.robust_mean(shares)
    assert shown.sum() == pytest.approx(1)
    assert SCORER.frame_scores(shown[None])[0] == pytest.approx(SCORER.score(shares).value)


@given(snippets(least=5), st.integers(0, COUNT - 1))
def test_one_wild_frame_in_five_cannot_leave_the_range_of_the_others(shares: Floats, wild: int) -> None:
    rest = SCORER.frame_scores(shares[1:5])
    score = SCORER.score(np.vstack([np.eye(COUNT)[wild], shares[1:5]])).value
    assert rest.min() - 1e-12 <= score <= rest.max() + 1e-12


@given(snippets(), st.integers(2, 24))
def test_frames_that_agree_are_never_taken_for_certainty(shares: Floats, frames: int) -> None:
    score = SCORER.score(np.repeat(shares[:1], frames, axis=0))
    reach = STUDENT[frames - 2] * CONTRACT.score.least_spread / np.sqrt(frames)
    assert score.low == pytest.approx(max(0, score.value - reach))
    assert score.high == pytest.approx(min(1, score.value + reach))


@pytest.mark.parametrize("freedom", range(1, len(STUDENT) + 1))
def test_the_table_of_students_percentiles_leaves_a_fortieth_above(freedom: int) -> None:
    # Student's density in the angle a, with t = sqrt(freedom) tan(a): cos(a) to the power freedom - 1.
    angles = np.linspace(-np.pi / 2, np.pi / 2, 200_001)
    density = np.cos(angles) ** (freedom - 1)
    edge = np.arctan(STUDENT[freedom - 1] / np.sqrt(freedom))
    assert density[angles > edge].sum() / density.sum() == pytest.approx(0.025, abs=4e-5)


@pytest.mark.parametrize("frames", [3, 4, 5, 8, 12])
def test_the_interval_holds_the_true_score_of_independent_frames_as_often_as_it_says(frames: int) -> None:
    draw = np.random.default_rng(frames)
    anger = draw.normal(0.4, 0.1, (2000, frames)).clip(0, 1)
    held = [score.low <= 0.6 <= score.high for score in map(SCORER.score, _neutral_with(anger))]
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def _neutral_with(anger: Floats) -> Floats:
    """(N, frames) shares of anger, the rest neutral: a frame's score is 1/3 + 2/3 of it."""
    shares = np.zeros((*anger.shape, COUNT))
    shares[..., CONTRACT.expressions.index("anger")] = anger
    shares[..., CONTRACT.expressions.index("neutral")] = 1 - anger
    return shares


def test_a_single_frame_says_nothing_about_its_own_spread() -> None:
    score = SCORER.score(only("neutral")[:1])
    assert (score.low, score.high) == (0, 1)


def test_happiness_is_the_lowest_and_anger_the_highest_score() -> None:
    assert SCORER.score(only("happiness")).value == 0
    assert SCORER.score(only("anger")).value == 1
    assert SCORER.score(only("neutral")).value == pytest.approx(1 / 3)
