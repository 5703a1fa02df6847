"""Count what the data sheet states about the labelled faces. Knows nothing of networks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS
from inference.training.dataset import FER2013_LABELS, NO_MAJORITY, LabelledFaces, Sheet, strict_majority
from inference.training.sources import expression_named


def data_table(sheet: Sheet) -> Iterator[str]:
    """Two Markdown tables: how many rows of which kind, and the majorities in both splits."""
    training, validation = sheet.training(), sheet.clean_validation()
    majority = strict_majority(sheet.votes)
    decided = majority != NO_MAJORITY
    original = np.array([EXPRESSIONS.index(str(expression_named(label))) for label in FER2013_LABELS])
    agreeing, same = one_against_the_rest(sheet.votes), original[sheet.original[decided]] == majority[decided]
    counts = {
        "rows, training and validation": len(sheet.images),
        "rows that share their pixels with another row": _shared(sheet.same_image_group),
        "training rows used": len(training),
        "validation rows used, with a majority": f"{len(validation):,}, {len(validation.with_majority()):,}",
        "rows without a majority": int(np.sum(~decided)),
        "rows where all raters chose the same": int(
            np.sum(sheet.votes.max(axis=1) == sheet.votes.sum(axis=1))
        ),
        "share of raters behind the first choice, mean": f"{100 * _first_choice(sheet.votes):.1f} %",
        "one rater agrees with the nine others' first choice": f"{100 * agreeing:.1f} %",
        "FER2013's label is the FER+ majority": (f"{100 * np.mean(same):.1f} % of the rows with one"),
    }
    yield "| what | how many |\n|---|---|"
    for what, count in counts.items():
        yield f"| {what} | {count if isinstance(count, str) else f'{count:,}'} |"
    yield "\n| majority | training | validation |\n|---|---|---|"
    for label, name in enumerate(EXPRESSIONS):
        yield f"| {name} | {_with(training, label):,} | {_with(validation, label):,} |"


def one_against_the_rest(votes: NDArray[np.int64]) -> float:
    """How often a rater chose what the others chose most; ties among the others are shared out.

    votes: (N, choices) counts.
    """
    agreeing = 0.0
    for choice in range(votes.shape[1]):
        others = votes.copy()
        others[:, choice] -= 1
        first = others == others.max(axis=1, keepdims=True)
        agreeing += float(np.sum(votes[:, choice] * first[:, choice] / first.sum(axis=1)))
    return agreeing / float(votes.sum())


def _shared(groups: NDArray[np.int64]) -> int:
    counts = np.unique(groups, return_counts=True)[1]
    return int(counts[counts > 1].sum())


def _first_choice(votes: NDArray[np.int64]) -> float:
    return float(np.mean(votes.max(axis=1) / votes.sum(axis=1)))


def _with(faces: LabelledFaces, label: int) -> int:
    return int(np.sum(faces.majority == label))
