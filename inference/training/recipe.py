"""Everything that decides how the network turns out, the data apart. Runs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from inference.training.architecture import Architecture
from inference.training.augment import Augmentation


@dataclass(frozen=True, slots=True)
class Recipe:
    """Architecture, augmentation and schedule of a run.

    begin_with: a fitted network of the same architecture to go on from; "": from random weights.
    teachers: fitted networks whose answers to each varied face are mixed into the labels (`teacher_share`).
    precision: a Keras dtype policy; the network that is kept is in float32 whichever it is.
    """

    architecture: Architecture
    augmentation: Augmentation = field(default_factory=Augmentation)
    epochs: int = 40
    batch: int = 128
    peak_rate: float = 2e-3
    weight_decay: float = 0.05
    warm_up: float = 0.04  # of all steps
    most_variation: float = 1.0  # of the augmentation's full strength
    most_variation_after: float = 0.25  # of all steps
    little_variation_after: float = 0.9  # of all steps
    little_variation: float = 0.5  # of the most
    averaging: float = 0.998  # a step
    average_every: int = 8  # steps
    fer2013_loss: float = 0.3  # weight of the second head's loss beside the first's
    begin_with: str = ""
    teachers: tuple[str, ...] = ()
    teacher_share: float = 0.5
    precision: str = "float32"
    seed: int = 2026

    def rate(self, progress: float) -> float:
        """Learning rate: a short climb, then half a cosine down to nothing. progress: 0 to 1."""
        if progress < self.warm_up:
            return self.peak_rate * progress / self.warm_up
        fallen = (progress - self.warm_up) / (1 - self.warm_up)
        return self.peak_rate * 0.5 * (1 + float(np.cos(np.pi * min(fallen, 1.0))))

    def variation(self, progress: float) -> float:
        """Strength of the augmentation: little at the start, where it hurts short runs, and at the end."""
        if progress >= self.little_variation_after:
            return self.most_variation * self.little_variation
        return self.most_variation * min(1.0, progress / self.most_variation_after)
