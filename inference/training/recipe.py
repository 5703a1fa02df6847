"""Everything that decides how the network turns out, the data apart. Runs nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from inference.training.architecture import Architecture
from inference.training.augment import Augmentation


@dataclass(frozen=True, slots=True)
class Recipe:
    """Architecture, augmentation and schedule of a run."""

    architecture: Architecture
    augmentation: Augmentation = field(default_factory=Augmentation)
    epochs: int = 16
    batch: int = 64
    peak_rate: float = 2e-3
    weight_decay: float = 0.05
    warm_up: float = 0.04  # of all steps
    full_variation_after: float = 0.4  # of all steps
    little_variation_after: float = 0.75  # of all steps
    little_variation: float = 0.3
    averaging: float = 0.998
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
            return self.little_variation
        return min(1.0, progress / self.full_variation_after)
