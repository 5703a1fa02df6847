"""How often the score's interval holds the true score: simulated, for no snippet's true score is known.

A population of frame scores is given, so its true robust mean is known; snippets of a few frames are drawn
from it, one by one or each like the one before, and their intervals are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from inference.contract import ScoreRule
from inference.scoring import STUDENT
from inference.training.intervals import Floats
from inference.training.perturb import Images, moved
from inference.training.served import Answer, Served

# Lower and upper ends for snippets, (snippets, frames) in order along the frames.
Method: TypeAlias = Callable[[Floats, ScoreRule], tuple[Floats, Floats]]

SNIPPETS = 1500
FRAMES = (3, 4, 5, 6, 8)
LIKENESS = (0.0, 0.5, 0.8)  # correlation of a frame with the next
LEVEL = 0.95
STILL_FACES = 100
STILL_FRAMES = 24
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of snippets whose interval held the truth, and how wide the intervals were."""

    population: str
    method: str
    likeness: float
    frames: int
    held: float
    width: float
    too_wide: float  # the share wider than `widest`: the tool says nothing about these


def coverages(populations: Mapping[str, Floats], rule: ScoreRule, *, widest: float) -> Iterator[Coverage]:
    """Every population, likeness, number of frames and method. populations: each (members, frames)."""
    for name, population in populations.items():
        for likeness in LIKENESS:
            for frames in FRAMES:
                snippets, truth = draw(population, frames, likeness, rule)
                for method, interval in METHODS.items():
                    low, high = interval(snippets, rule)
                    held, width = (low <= truth) & (truth <= high), high - low
                    yield Coverage(
                        name,
                        method,
                        likeness,
                        frames,
                        float(held.mean()),
                        float(width.mean()),
                        float((width > widest).mean()),
                    )


def draw(population: Floats, frames: int, likeness: float, rule: ScoreRule) -> tuple[Floats, Floats]:
    """Snippets in order, (SNIPPETS, frames), and the true robust mean of the member each was drawn from.

    Frames follow a normal process of first order in rank: like the one before, yet spread as the population.
    """
    random = np.random.default_rng(SEED)
    ordered = np.sort(population, axis=1)
    member = random.integers(0, len(ordered), SNIPPETS)
    steps = random.standard_normal((SNIPPETS, frames))
    for place in range(1, frames):
        steps[:, place] = likeness * steps[:, place - 1] + np.sqrt(1 - likeness**2) * steps[:, place]
    reference = np.sort(np.random.default_rng(SEED).standard_normal(100_000))
    rank = np.searchsorted(reference, steps) / len(reference)
    column = np.minimum((rank * ordered.shape[1]).astype(np.int64), ordered.shape[1] - 1)
    truth = _robust_mean(ordered, rule)[member]
    return np.sort(ordered[member[:, None], column], axis=1), truth


def student(snippets: Floats, rule: ScoreRule) -> tuple[Floats, Floats]:
    """What is served (`Scorer.score`), for many snippets at once."""
    frames = snippets.shape[1]
    spread = np.maximum(snippets.std(axis=1, ddof=1), rule.least_spread)
    return _around(snippets, STUDENT[frames - 2] * spread / np.sqrt(frames), rule)


def winsorized(snippets: Floats, rule: ScoreRule) -> tuple[Floats, Floats]:
    """Tukey and McLaughlin's, the textbook's for a trimmed mean."""
    frames = snippets.shape[1]
    cut = int(frames * rule.trimmed_share)
    kept = frames - 2 * cut
    pulled_in = np.clip(snippets, snippets[:, [cut]], snippets[:, [frames - 1 - cut]])
    error = pulled_in.std(axis=1, ddof=1) * np.sqrt(frames) / kept
    return _around(snippets, STUDENT[kept - 2] * error, rule)


def percentile(snippets: Floats, rule: ScoreRule) -> tuple[Floats, Floats]:
    """The bootstrap that scoring version 1 served: 400 resamples of the frames."""
    frames = snippets.shape[1]
    picks = np.random.default_rng(SEED).integers(0, frames, size=(400, frames))
    means = np.stack([_robust_mean(np.sort(snippets[:, pick], axis=1), rule) for pick in picks])
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return low, high


METHODS: Mapping[str, Method] = {
    "version 1: percentile bootstrap": percentile,
    "winsorized (Tukey-McLaughlin)": winsorized,
    "version 2: Student": student,
}


def populations_of(served: Served, answer: Answer) -> Mapping[str, Floats]:
    """Frame scores to draw from: still faces, faces of one expression, a mixture, and a skewed curve."""
    random = np.random.default_rng(SEED)
    names = served.contract.expressions
    by_class = {name: answer.scores[answer.faces.majority == names.index(name)] for name in names}
    mixture = [random.choice(by_class[name], size) for name, size in (("neutral", 800), ("sadness", 200))]
    return {
        "one face that holds still": still_faces(served, answer),
        "neutral faces": by_class["neutral"][None],
        "happy faces": by_class["happiness"][None],
        "angry faces": by_class["anger"][None],
        "four neutral to one sad": np.concatenate(mixture)[None],
        "beta(2, 5)": random.beta(2, 5, (1, 4000)),
    }


def still_faces(served: Served, answer: Answer) -> Floats:
    """Scores of one face through small movements, light and noise, as between two frames: (faces, 24)."""
    random = np.random.default_rng(SEED)
    chosen = random.choice(len(answer.scores), min(STILL_FACES, len(answer.scores)), replace=False)
    crops = [_next_frame(answer.faces.images[[face]], random) for face in chosen for _ in range(STILL_FRAMES)]
    shares = served.about(answer.faces, served.middle(np.concatenate(crops))).scores
    return shares.reshape(-1, STILL_FRAMES)


def _next_frame(image: Images, random: np.random.Generator) -> Images:
    """image: (1, 48, 48). Sigmas: .7 px, 3 % of the size, 2 degrees, 5 % of the light, 2 gray levels."""
    across, down, growth, angle, light = random.normal(0, [0.7, 0.7, 0.03, 2.0, 0.05])
    shaken = moved(image, across=across, down=down, scale=float(np.exp(growth)), angle=angle)
    lit = shaken * np.exp(light) + random.normal(0, 2, image.shape)
    return np.asarray(np.rint(lit).clip(0, 255), dtype=np.uint8)


def _around(snippets: Floats, reach: Floats, rule: ScoreRule) -> tuple[Floats, Floats]:
    middle = _robust_mean(snippets, rule)
    return np.clip(middle - reach, 0, 1), np.clip(middle + reach, 0, 1)


def _robust_mean(ordered: Floats, rule: ScoreRule) -> Floats:
    frames = ordered.shape[1]
    cut = int(frames * rule.trimmed_share)
    return np.asarray(ordered[:, cut : frames - cut].mean(axis=1), dtype=np.float64)
