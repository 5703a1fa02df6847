"""The simulation of the score's interval, and of what hangs on its weights, on made-up scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inference.contract import EXPRESSIONS, Contract
from inference.scoring import Scorer
from inference.training.coverage import (
    FRAMES,
    LIKENESS,
    METHODS,
    coverages,
    draw,
    percentile,
    populations_of,
    still_faces,
    student,
    winsorized,
)
from inference.training.dataset import LabelledFaces
from inference.training.intervals import Floats
from inference.training.sensitivity import Bands, persons, sensitivities, snippet_scores, spearman
from inference.training.served import Answer, Served
from lti_tool.domain import baseline, stress

CONTRACT = Contract.read()
RULE = CONTRACT.score


@pytest.fixture(scope="module")
def population() -> Floats:
    return np.random.default_rng(0).normal(0.4, 0.08, (1, 4000)).clip(0, 1)


@pytest.fixture(scope="module")
def answer() -> Answer:
    """Sixty faces of each expression, of whose shares two thirds are what people saw."""
    draw = np.random.default_rng(1)
    majority = np.repeat(np.arange(len(EXPRESSIONS)), 60)
    votes = np.eye(len(EXPRESSIONS))[majority]
    shares = 2 / 3 * votes + draw.dirichlet(np.ones(len(EXPRESSIONS)), len(majority)) / 3
    faces = LabelledFaces(np.zeros((len(majority), 48, 48), np.uint8), votes.astype(np.float32), majority)
    return Answer(shares, Scorer(RULE, EXPRESSIONS).frame_scores(shares), faces)


def test_students_interval_is_the_one_that_is_served() -> None:
    """Frames of anger and neutral alone, whose scores are then what is drawn."""
    snippets = np.sort(np.random.default_rng(2).uniform(0.4, 0.9, (50, 6)), axis=1)
    low, high = student(snippets, RULE)
    for row, scores in enumerate(snippets):
        anger = (scores - 1 / 3) * 1.5
        shares = np.zeros((6, len(EXPRESSIONS)))
        shares[:, EXPRESSIONS.index("anger")] = anger
        shares[:, EXPRESSIONS.index("neutral")] = 1 - anger
        served = Scorer(RULE, EXPRESSIONS).score(shares)
        assert (served.low, served.high) == pytest.approx((low[row], high[row]))


@pytest.mark.parametrize("likeness", LIKENESS)
def test_frames_are_as_like_the_one_before_as_asked_and_spread_as_the_population(
    population: Floats, likeness: float
) -> None:
    snippets, truth = draw(population, 8, likeness, RULE)
    assert snippets.ravel().std() == pytest.approx(population.std(), rel=0.05)
    assert truth[0] == pytest.approx(0.4, abs=0.005)
    alone = population.var() / 8
    expected = alone * (1 + 2 * sum((1 - lag / 8) * likeness**lag for lag in range(1, 8)))
    assert snippets.mean(axis=1).var() == pytest.approx(expected, rel=0.15)


def test_the_served_interval_keeps_its_promise_for_independent_frames_and_the_bootstrap_does_not(
    population: Floats,
) -> None:
    for frames in FRAMES:
        snippets, truth = draw(population, frames, 0.0, RULE)
        held = {}
        for method in (student, percentile, winsorized):
            low, high = method(snippets, RULE)
            held[method] = np.mean((low <= truth) & (truth <= high))
        assert held[student] == pytest.approx(0.95, abs=0.025)
        assert held[percentile] < held[student]


def test_every_population_and_method_is_reported(population: Floats) -> None:
    found = list(coverages({"one": population}, RULE, widest=0.5))
    assert len(found) == len(LIKENESS) * len(FRAMES) * len(METHODS)
    assert all(0 <= each.held <= 1 and 0 <= each.too_wide <= 1 for each in found)


def test_a_still_face_varies_a_little_and_no_two_frames_of_it_are_equal(faces: LabelledFaces) -> None:
    served = Served(CONTRACT)
    scores = still_faces(served, served.about(faces))
    assert scores.shape == (len(faces), 24)
    assert (scores.std(axis=1) > 0).all()
    assert (scores.std(axis=1) < 0.2).all()


def test_the_bands_are_the_tools_own() -> None:
    edges = stress.DEFAULT
    assert Bands() == Bands(edges.lower, edges.raised, edges.high, baseline.MAD_FLOOR)


def test_levels_are_those_the_tool_would_give_a_session_after_its_baseline() -> None:
    usual = np.tile([0.30, 0.34, 0.38, 0.42], 5)
    judged = np.array([0.2, 0.36, 0.47, 0.49, 0.6, 0.1])
    values = baseline.from_sessions(usual.tolist())
    assert values is not None
    tools = [stress.DEFAULT.band(values.z(score), stress.Level.UNKNOWN) for score in judged]
    names = [stress.Level.LOWER, stress.Level.USUAL, stress.Level.RAISED, stress.Level.HIGH]
    found = Bands().of(np.concatenate([usual, judged])[None])[0]
    assert [names[level] for level in found] == tools


def test_a_weight_that_does_not_move_changes_nothing_and_one_that_does_changes_little(answer: Answer) -> None:
    found = list(sensitivities(answer, CONTRACT, Bands()))
    assert {each.expression for each in found} == {name for name, weight in RULE.weights.items() if weight}
    assert all(0 <= each.alarms_changed <= each.changed < 0.5 for each in found)
    snippets = persons(answer, len(EXPRESSIONS))[:2, :3]
    twice = [snippet_scores(snippets, replace(RULE), EXPRESSIONS) for _ in range(2)]
    assert (twice[0] == twice[1]).all()


def test_simulated_snippets_are_scored_as_served_ones(answer: Answer) -> None:
    snippet = answer.shares[:8]
    assert snippet_scores(snippet, RULE, EXPRESSIONS) == pytest.approx(
        Scorer(RULE, EXPRESSIONS).score(snippet).value
    )


def test_ranks_correlate_whatever_the_distances() -> None:
    values = np.array([0.1, 0.2, 0.9, 0.95])
    assert spearman(values, values**3) == pytest.approx(1)
    assert spearman(values, -values) == pytest.approx(-1)


def test_populations_hold_scores_between_0_and_1(answer: Answer) -> None:
    for scores in populations_of(Served(CONTRACT), answer).values():
        assert scores.ndim == 2
        assert ((scores >= 0) & (scores <= 1)).all()
