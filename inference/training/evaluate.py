"""Judge the served network on labelled faces. Runs with LiteRT alone; knows nothing of training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from inference.contract import Contract
from inference.expressions import softmax
from inference.training.augment import plain_crop
from inference.training.calibration import divergences, expected_calibration_error
from inference.training.dataset import NO_LABEL, LabelledFaces
from inference.training.intervals import interval_of, interval_of_mean, wilson

Logits: TypeAlias = NDArray[np.float32]
Network: TypeAlias = Callable[[NDArray[np.float32]], Logits]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the network said about faces with a majority label, over the classes the labels know.

    handicap: (classes,) what each class's share is divided by before one of them is named.
    """

    shares: NDArray[np.float64]
    majority: NDArray[np.int64]
    votes: NDArray[np.float32] | None
    classes: tuple[str, ...]
    handicap: NDArray[np.float64] | float = 1.0

    @property
    def predicted(self) -> NDArray[np.int64]:
        """The class named for each face: without a handicap, the most probable."""
        return np.asarray((self.shares / self.handicap).argmax(axis=1), dtype=np.int64)

    @property
    def right(self) -> NDArray[np.float64]:
        """1 where the most probable class is the majority label, else 0."""
        return np.asarray(self.predicted == self.majority, dtype=np.float64)

    @property
    def _top_right(self) -> NDArray[np.float64]:
        return np.asarray(self.shares.argmax(axis=1) == self.majority, dtype=np.float64)

    def confusion(self) -> NDArray[np.int64]:
        """Counts: rows are what people saw, columns what the network said."""
        counts = np.zeros((len(self.classes), len(self.classes)), dtype=np.int64)
        np.add.at(counts, (self.majority, self.predicted), 1)
        return counts

    def report(self) -> dict[str, Any]:
        """Everything that `evaluate --json` prints."""
        confusion = self.confusion()
        per_class = dict(zip(self.classes, _per_class(confusion), strict=True))
        return {
            "n": len(self.majority),
            "accuracy": float(np.mean(self.right)),
            "accuracy_95": wilson(int(np.sum(self.right)), len(self.right)),
            **self._macro_f1(),
            "per_class": per_class,
            "confusion": {"classes": self.classes, "rows_true_columns_predicted": confusion.tolist()},
            "ece": expected_calibration_error(self.shares.max(axis=1), self._top_right),
            **({} if self.votes is None else self._against_votes(self.votes)),
        }

    def _macro_f1(self) -> dict[str, Any]:
        said, seen = self.predicted, self.majority
        return {
            "macro_f1": macro_f1(said, seen),
            "macro_f1_95": interval_of(lambda rows: macro_f1(said[rows], seen[rows]), len(seen)),
        }

    def _against_votes(self, votes: NDArray[np.float32]) -> dict[str, Any]:
        """What the probabilities promise is the share of raters, not the chance of being right."""
        top = self.shares.argmax(axis=1)[:, None]
        agreeing = np.take_along_axis(votes, top, axis=1)[:, 0].astype(np.float64)
        return {
            "ece_of_shares": expected_calibration_error(self.shares.max(axis=1), agreeing),
            "kl_to_votes": float(np.mean(divergence := divergences(self.shares, votes))),
            "kl_to_votes_95": interval_of_mean(divergence),
        }


def answers(
    faces: LabelledFaces, network: Network, contract: Contract, *, prior_correction: float = 0.0
) -> Answers:
    """Ask the network about every face with a majority label, choosing among the classes that occur.

    prior_correction: the power of the prior that shares are divided by before a class is named.
    """
    faces = faces.with_majority()
    crops = plain_crop(faces.images, contract.framing.input_size)[..., 0]
    logits = network(crops)
    present = np.unique(faces.majority)
    return Answers(
        shares=softmax(logits[:, present] / contract.temperature),
        majority=np.searchsorted(present, faces.majority),
        votes=faces.votes if faces.has_votes and len(present) == len(contract.expressions) else None,
        classes=(classes := tuple(contract.expressions[index] for index in present)),
        handicap=np.array([contract.prior[name] for name in classes]) ** prior_correction,
    )


def fer2013_report(logits: Logits, original: NDArray[np.int64]) -> dict[str, Any]:
    """How well the second head names FER2013's own labels. logits: (N, 7). original: (N,), some unknown."""
    known = original != NO_LABEL
    said, seen = np.asarray(logits[known].argmax(axis=1), dtype=np.int64), original[known]
    right = int(np.sum(said == seen))
    return {
        "n": len(seen),
        "accuracy": right / len(seen),
        "accuracy_95": wilson(right, len(seen)),
        "macro_f1": macro_f1(said, seen),
    }


def macro_f1(said: NDArray[np.int64], seen: NDArray[np.int64]) -> float:
    """Mean F1 over the classes that occur. said, seen: (N,) class indices."""
    right = [np.sum((said == label) & (seen == label)) for label in np.unique(seen)]
    asked = [np.sum(said == label) + np.sum(seen == label) for label in np.unique(seen)]
    return float(np.mean(2 * np.array(right) / np.array(asked)))


def _per_class(confusion: NDArray[np.int64]) -> list[dict[str, Any]]:
    right, seen, said = np.diag(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
    recall, precision = right / np.maximum(seen, 1), right / np.maximum(said, 1)
    f1 = 2 * right / np.maximum(seen + said, 1)
    return [
        {
            "n": int(n),
            "precision": float(p),
            "recall": float(r),
            "recall_95": wilson(int(k), int(n)),
            "f1": float(f),
        }
        for k, n, p, r, f in zip(right, seen, precision, recall, f1, strict=True)
    ]
