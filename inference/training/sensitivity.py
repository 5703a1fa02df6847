"""How much the levels depend on the hand-chosen weights: simulated persons, one weight moved at a time.

A person is a habitual mix of expressions; a session draws snippets of frames from validation faces in a mix
near it, some sessions with much of one other expression. Nothing here says how real persons vary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inference.contract import Contract, ScoreRule
from inference.scoring import Scorer
from inference.training.intervals import Floats
from inference.training.served import Answer

PERSONS = 200
SESSIONS = 26
BASELINE_SESSIONS = 20  # as many as the tool keeps; the rest are judged against them
SNIPPETS = 6
FRAMES = 8
MOVED = 0.2
HABIT = (60.0, 15.0, 4.0, 8.0, 5.0, 1.0, 1.5, 1.0)  # of a mix, in the contract's order: mostly neutral
STEADY = 30.0  # how near a session's mix keeps to the person's
UNUSUAL = 0.3  # of the judged sessions
ELSEWHERE = 0.4  # of the frames of an unusual session, which show one expression other than neutral
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Bands:
    """The tool's edges between levels, in spreads from the usual, and the least spread. No hysteresis."""

    lower: float = -1.5
    raised: float = 1.5
    high: float = 3.0
    least_spread: float = 0.02

    def of(self, sessions: Floats) -> NDArray[np.int64]:
        """sessions: (persons, SESSIONS) scores. Returns the level, 0 to 3, of each after the baseline's."""
        usual, judged = sessions[:, :BASELINE_SESSIONS], sessions[:, BASELINE_SESSIONS:]
        middle = np.median(usual, axis=1, keepdims=True)
        mad = np.median(np.abs(usual - middle), axis=1, keepdims=True)
        z = (judged - middle) / np.maximum(1.4826 * mad, self.least_spread)
        return np.asarray(np.digitize(z, [self.lower, self.raised, self.high]), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One weight moved. Shares of all judged sessions; the rank correlation is Spearman's, over snippets."""

    expression: str
    factor: float
    changed: float
    alarms_changed: float  # into or out of the two upper levels
    rank_correlation: float


def sensitivities(answer: Answer, contract: Contract, bands: Bands) -> Iterator[Sensitivity]:
    """Every weight that is not zero, by a fifth down and up. answer: about faces with a majority label."""
    snippets = persons(answer, len(contract.expressions))
    before = snippet_scores(snippets, contract.score, contract.expressions)
    levels = bands.of(np.median(before, axis=2))
    for name, weight in contract.score.weights.items():
        for factor in (1 - MOVED, 1 + MOVED) if weight else ():
            weights = {**contract.score.weights, name: weight * factor}
            after = snippet_scores(snippets, replace(contract.score, weights=weights), contract.expressions)
            now = bands.of(np.median(after, axis=2))
            yield Sensitivity(
                name,
                factor,
                changed=float((now != levels).mean()),
                alarms_changed=float(((now >= 2) != (levels >= 2)).mean()),
                rank_correlation=spearman(before.ravel(), after.ravel()),
            )


def persons(answer: Answer, expressions: int) -> Floats:
    """Shares of every frame of every snippet: (PERSONS, SESSIONS, SNIPPETS, FRAMES, expressions)."""
    random = np.random.default_rng(SEED)
    rows_of = [np.flatnonzero(answer.faces.majority == index) for index in range(expressions)]
    present = np.array([len(rows) > 0 for rows in rows_of])
    frames = np.empty((PERSONS, SESSIONS, SNIPPETS * FRAMES), dtype=np.int64)
    for person, habit in enumerate(random.dirichlet(np.array(HABIT), PERSONS)):
        for session in range(SESSIONS):
            mix = (
                _mix(habit, random, unusual=session >= BASELINE_SESSIONS and random.random() < UNUSUAL)
                * present
            )
            seen = random.choice(expressions, frames.shape[2], p=mix / mix.sum())
            frames[person, session] = [random.choice(rows_of[expression]) for expression in seen]
    return answer.shares[frames.reshape(PERSONS, SESSIONS, SNIPPETS, FRAMES)]


def _mix(habit: Floats, random: np.random.Generator, *, unusual: bool) -> Floats:
    """The expressions of one session: near the person's habit, or with a part that is one expression."""
    mix = random.dirichlet(STEADY * habit + 0.01)
    if unusual:
        other = np.eye(len(habit))[random.integers(1, len(habit))]
        mix = (1 - ELSEWHERE) * mix + ELSEWHERE * other
    return np.asarray(mix, dtype=np.float64)


def snippet_scores(snippets: Floats, rule: ScoreRule, expressions: tuple[str, ...]) -> Floats:
    """The score of every snippet: (..., frames, expressions) to (...)."""
    ordered = np.sort(Scorer(rule, expressions).frame_scores(snippets), axis=-1)
    cut = int(ordered.shape[-1] * rule.trimmed_share)
    return np.asarray(ordered[..., cut : ordered.shape[-1] - cut].mean(axis=-1), dtype=np.float64)


def spearman(one: Floats, other: Floats) -> float:
    """Rank correlation of two rows of scores; without ties, which scores do not have."""
    ranks = [np.argsort(np.argsort(values)) for values in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])
