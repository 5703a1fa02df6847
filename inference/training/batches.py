"""Varied faces in batches, made while the network is busy with the ones before. Knows no network."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from inference.training.dataset import FER2013_LABELS, NO_LABEL, LabelledFaces
from inference.training.recipe import Recipe
from inference.training.teachers import Targets

Item = TypeVar("Item")

PREPARED = 4  # batches made ahead


class Batch(NamedTuple):
    """images: (N, size, size, 1), gray levels. targets: by head, (N, classes), shares."""

    images: NDArray[np.float32]
    targets: Targets


@dataclass(frozen=True, slots=True)
class Batches:
    """One epoch. Its shuffling and variation are its own: the same after a resumption as without one."""

    recipe: Recipe
    images: NDArray[np.uint8]  # (N, 48, 48)
    targets: Targets
    epoch: int

    def __len__(self) -> int:
        return math.ceil(len(self.images) / self.recipe.batch)

    def __iter__(self) -> Iterator[Batch]:
        rng = np.random.default_rng([self.recipe.seed, self.epoch])
        order = rng.permutation(len(self.images))
        for start in range(0, len(order), self.recipe.batch):
            yield self._varied(order[start : start + self.recipe.batch], rng)

    def _varied(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Batch:
        strength = self.recipe.variation(self.epoch / self.recipe.epochs)
        vary, size = self.recipe.augmentation.apply, self.recipe.architecture.input_size
        images = np.stack([vary(image, size, strength, rng) for image in self.images[rows]])
        return Batch(images[..., None], {head: said[rows] for head, said in self.targets.items()})


def people_said(faces: LabelledFaces) -> Targets:
    """The raters' shares for the one head, FER2013's own label for the other."""
    return {"expressions": faces.votes, "fer2013": one_hot(faces.originals, len(FER2013_LABELS))}


def one_hot(labels: NDArray[np.int64], classes: int) -> NDArray[np.float32]:
    """labels: (N,). All zero, which costs no loss, where there is no label. Returns (N, classes)."""
    known = (labels != NO_LABEL)[:, None]
    return np.asarray(np.eye(classes, dtype=np.float32)[labels] * known, dtype=np.float32)


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The same items in the same order, a few of them prepared in a thread before they are asked for."""
    source = iter(items)
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting = deque(thread.submit(next, source, None) for _ in range(PREPARED))
        while (item := waiting.popleft().result()) is not None:
            waiting.append(thread.submit(next, source, None))
            yield item
