"""Fitted networks that help to fit another one. Knows nothing of the data.

The teachers see the same varied face as the student: their answer belongs to what is on it now, a covered
mouth included, and is no memory of the picture (as Beyer and others found to work best in "Knowledge
distillation: a good teacher is patient and consistent", 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from inference.expressions import softmax


class Teachers:
    """Fitted networks, and how much their mean answer counts beside the raters."""

    def __init__(self, files: Sequence[str], share: float) -> None:
        self._share = share
        self._networks = [keras.models.load_model(Path(file), compile=False) for file in files]

    def advise(self, images: NDArray[np.float32], votes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mix the teachers' answer into the votes. images: (N, size, size, 1). Returns the votes' shape."""
        if not self._networks:
            return votes
        answers = [softmax(network.predict_on_batch(images)["expressions"]) for network in self._networks]
        mixed = (1 - self._share) * votes + self._share * np.mean(answers, axis=0)
        return np.asarray(mixed, dtype=np.float32)
