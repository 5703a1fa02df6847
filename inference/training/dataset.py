"""Read labelled faces: the FER2013 sheet with its FER+ votes. Knows nothing of networks or training."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS
from inference.errors import UnreadableInput

FACE_SIZE = 48
CELLS_PER_ROW = 200
NOT_AN_EXPRESSION = ("unknown", "nf")
NO_MAJORITY = -1
NO_LABEL = -1
FER2013_LABELS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")  # its own order, 0 to 6


@dataclass(frozen=True, slots=True)
class LabelledFaces:
    """Faces and what people saw in them.

    images: (N, 48, 48) uint8. votes: (N, expressions), the share of raters who chose each, summing to one.
    majority: (N,) index of the expression with most votes of all, `NO_MAJORITY` where there is none.
    """

    images: NDArray[np.uint8]
    votes: NDArray[np.float32]
    majority: NDArray[np.int64]
    has_votes: bool = True  # False: the votes only repeat the label
    original: NDArray[np.int64] | None = None  # FER2013's own label, by FER2013_LABELS; -1 or None: not known

    def __len__(self) -> int:
        return len(self.images)

    @property
    def originals(self) -> NDArray[np.int64]:
        """(N,) FER2013's own labels, `NO_LABEL` where they are not known."""
        return np.full(len(self), NO_LABEL) if self.original is None else self.original

    def where(self, chosen: NDArray[np.bool_]) -> LabelledFaces:
        """The rows for which `chosen` is true."""
        original = None if self.original is None else self.original[chosen]
        return LabelledFaces(
            self.images[chosen], self.votes[chosen], self.majority[chosen], self.has_votes, original
        )

    def with_majority(self) -> LabelledFaces:
        """The rows that people agreed on well enough to have a right answer."""
        return self.where(self.majority != NO_MAJORITY)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet as delivered, with duplicates. votes: (N, expressions + unknown + no face) counts."""

    images: NDArray[np.uint8]
    votes: NDArray[np.int64]
    in_training: NDArray[np.bool_]
    same_image_group: NDArray[np.int64]
    original: NDArray[np.int64]

    def training(self) -> LabelledFaces:
        """Training rows that people took for a face, each picture once, none of them in validation too."""
        elsewhere = np.isin(self.same_image_group, self.same_image_group[~self.in_training])
        faces = self._labelled(self.in_training & ~elsewhere & self._first_of_its_group())
        return faces.where(faces.votes.sum(axis=1) > 0)

    def clean_validation(self) -> LabelledFaces:
        """Validation rows whose pixels are in no training row, each picture once."""
        leaked = np.isin(self.same_image_group, self.same_image_group[self.in_training])
        return self._labelled(~self.in_training & ~leaked & self._first_of_its_group())

    def _first_of_its_group(self) -> NDArray[np.bool_]:
        first = np.zeros(len(self.images), dtype=bool)
        first[np.unique(self.same_image_group, return_index=True)[1]] = True
        return first

    def _labelled(self, rows: NDArray[np.bool_]) -> LabelledFaces:
        votes = self.votes[rows]
        return LabelledFaces(
            self.images[rows], shares_of_faces(votes), strict_majority(votes), original=self.original[rows]
        )


def load_sheet(folder: Path) -> Sheet:
    """Read `images.png` and `labels.csv`. Raises UnreadableInput naming the file that is missing."""
    with (folder / "labels.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    columns = [f"ferplus_{name}" for name in (*EXPRESSIONS, *NOT_AN_EXPRESSION)]
    missing = {"split", "fer2013", "same_image_group", *columns} - set(rows[0] if rows else ())
    if missing:
        raise UnreadableInput(f"{folder}: labels.csv has no column {', '.join(sorted(missing))}")
    return Sheet(
        images=_read_cells(folder / "images.png", len(rows)),
        votes=np.array([[int(row[column] or 0) for column in columns] for row in rows]),
        in_training=np.array([row["split"] == "train" for row in rows]),
        same_image_group=np.array([int(row["same_image_group"]) for row in rows]),
        original=np.array([_original(row["fer2013"], folder) for row in rows]),
    )


def shares_of_faces(votes: NDArray[np.int64]) -> NDArray[np.float32]:
    """Turn counts into shares of the votes for expressions. All zero where "unknown" or "no face" won."""
    named = votes[:, : len(EXPRESSIONS)].astype(np.float32)
    won = named.max(axis=1) >= votes[:, len(EXPRESSIONS) :].max(axis=1)
    total = np.maximum(named.sum(axis=1), 1)
    return np.where(won[:, None], named / total[:, None], np.float32(0))


def strict_majority(votes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The expression with more votes than anything else. Ties, "unknown" and "no face" are `NO_MAJORITY`."""
    ranked = np.sort(votes, axis=1)
    winner = votes.argmax(axis=1)
    decided = (ranked[:, -1] > ranked[:, -2]) & (winner < len(EXPRESSIONS))
    return np.where(decided, winner, NO_MAJORITY)


def _original(label: str, folder: Path) -> int:
    if label not in FER2013_LABELS:
        raise UnreadableInput(f"{folder}: labels.csv has {label!r}, which is none of FER2013's labels")
    return FER2013_LABELS.index(label)


def _read_cells(path: Path, count: int) -> NDArray[np.uint8]:
    sheet = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if sheet is None:
        raise UnreadableInput(f"{path}: not a picture that can be read")
    cells = sheet.reshape(-1, FACE_SIZE, CELLS_PER_ROW, FACE_SIZE).swapaxes(1, 2)
    return np.ascontiguousarray(cells.reshape(-1, FACE_SIZE, FACE_SIZE)[:count], dtype=np.uint8)
