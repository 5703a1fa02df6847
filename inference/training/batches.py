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

from inference.training.dataset import LabelledFaces
from inference.training.recipe import Recipe

Item = TypeVar("Item")

PREPARED = 4  # batches made ahead


class Batch(NamedTuple):
    """images: (N, size, size, 1), gray levels. votes: (N, expressions). original: (N,) by FER2013_LABELS."""

    images: NDArray[np.float32]
    votes: NDArray[np.float32]
    original: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batches:
    """One epoch. Its shuffling and variation are its own: the same after a resumption as without one."""

    recipe: Recipe
    faces: LabelledFaces
    epoch: int

    def __len__(self) -> int:
        return math.ceil(len(self.faces) / self.recipe.batch)

    def __iter__(self) -> Iterator[Batch]:
        rng = np.random.default_rng([self.recipe.seed, self.epoch])
        order = rng.permutation(len(self.faces))
        for start in range(0, len(order), self.recipe.batch):
            yield self._varied(order[start : start + self.recipe.batch], rng)

    def _varied(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Batch:
        recipe, faces = self.recipe, self.faces
        strength = recipe.variation(self.epoch / recipe.epochs)
        vary, size = recipe.augmentation.apply, recipe.architecture.input_size
        images = np.stack([vary(image, size, strength, rng) for image in faces.images[rows]])
        return Batch(images[..., None], faces.votes[rows], faces.originals[rows])


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The same items in the same order, a few of them prepared in a thread before they are asked for."""
    source = iter(items)
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting = deque(thread.submit(next, source, None) for _ in range(PREPARED))
        while (item := waiting.popleft().result()) is not None:
            waiting.append(thread.submit(next, source, None))
            yield item
