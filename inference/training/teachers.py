"""Fitted networks that help to fit another one. Knows nothing of the data.

The teachers see the same varied face as the student: their answer belongs to what is on it now, a covered
mouth included, and is no memory of the picture (as Beyer and others found to work best in "Knowledge
distillation: a good teacher is patient and consistent", 2022).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import keras
import numpy as np
from numpy.typing import NDArray

import inference.layers  # noqa: F401  registers the layers that model files name
from inference.expressions import softmax

INNER_LAYERS = (
    keras.layers.Conv2D,
    keras.layers.BatchNormalization,
    keras.layers.Activation,
    keras.layers.Add,
)

Targets: TypeAlias = Mapping[str, NDArray[np.float32]]  # by head: (N, classes), shares


class Teachers:
    """Fitted networks, and how much their mean answer counts beside people's."""

    def __init__(self, files: Sequence[str], share: float, precision: str = "float32") -> None:
        self._share = share
        self._networks = [_network(Path(file), precision) for file in files]

    def advise(self, images: NDArray[np.float32], targets: Targets) -> Targets:
        """Mix the teachers' answers into what people said. images: (N, size, size, 1)."""
        if not self._networks:
            return targets
        answers = [network.predict_on_batch(images) for network in self._networks]
        return {
            head: self._mixed(said, [answer[head] for answer in answers]) for head, said in targets.items()
        }

    def _mixed(self, said: NDArray[np.float32], logits: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        advised = np.mean([softmax(one) for one in logits], axis=0)
        return np.asarray((1 - self._share) * said + self._share * advised, dtype=np.float32)


def _network(file: Path, precision: str) -> keras.Model:
    """A fitted network, saved in float32; its inner layers then compute as the student's do."""
    network = keras.models.load_model(file, compile=False)
    for layer in network.layers:
        if isinstance(layer, INNER_LAYERS):
            layer.dtype_policy = precision
    return network
