"""Fitted networks that help to fit another one. Knows nothing of the data.

The teachers answer once, about each clear face and its mirror image; the student, who sees that face dark,
blurred or half covered, learns to say what they said of the clear one. Ten raters are few, and the teachers'
answers, mixed into the votes, are the steadier target.
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

BATCH = 256

Targets: TypeAlias = Mapping[str, NDArray[np.float32]]  # by head: (N, classes), shares


class Teachers:
    """Fitted networks, and how much their mean answer counts beside people's."""

    def __init__(self, files: Sequence[str], share: float, precision: str = "float32") -> None:
        self._share = share
        self._networks = [_network(Path(file), precision) for file in files]

    def advise(self, images: NDArray[np.float32], targets: Targets) -> Targets:
        """Mix the teachers' answers into what people said. images: (N, size, size, 1), not varied."""
        if not self._networks:
            return targets
        views = (images, np.ascontiguousarray(images[:, :, ::-1]))
        answers = [
            network.predict(view, batch_size=BATCH, verbose=0) for network in self._networks for view in views
        ]
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
