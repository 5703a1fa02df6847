"""Run the trained network with Keras: many crops in one call. For a worker with a graphics card.

Knows nothing of frames, scores or people.
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

import inference.layers  # noqa: F401  registers the layers that the model file names
from inference.contract import EXPRESSIONS
from inference.expressions import Crops, Shares, softmax

# A graph is compiled, and a card chooses its kernels, for each number of crops that is met: these are all.
# A call is filled up to the next one.
BATCHES = (1, 8, 16, 32, 64, 128, 256)
SERVED_HEAD = "expressions"


class KerasNetwork:
    """The Keras network with its temperature: from gray crops to how raters would share their votes.

    mirror: as for LiteRT's.
    """

    def __init__(self, model: Path, temperature: float, *, mirror: bool = False) -> None:
        self.device = _take_device()
        served = _served(keras.models.load_model(model, compile=False))
        self._crop_shape = served.input_shape[1:]
        self._run = tf.function(served)
        self._temperature = temperature
        self._mirror = mirror
        self._compile()

    def logits(self, crops: Crops) -> NDArray[np.float32]:
        """crops: (N, size, size), gray levels 0-255, N may be 0. Returns (N, expressions), contract order."""
        images = np.asarray(crops, dtype=np.float32).reshape(-1, *self._crop_shape)
        views = [images, images[:, :, ::-1]] if self._mirror else [images]
        return np.asarray(np.mean([self._all(view) for view in views], axis=0), dtype=np.float32)

    def shares(self, crops: Crops) -> Shares:
        """The expression probabilities of every crop: (N, expressions), rows summing to one."""
        return softmax(self.logits(crops) / self._temperature)

    def _all(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """images: (N, size, size, 1), any N."""
        largest = BATCHES[-1]
        found = [self._batch(images[start : start + largest]) for start in range(0, len(images), largest)]
        return np.concatenate([np.empty((0, len(EXPRESSIONS)), np.float32), *found])

    def _batch(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """images: (N, size, size, 1), N from 1 to the largest batch."""
        size = next(size for size in BATCHES if size >= len(images))
        filled = np.zeros((size, *images.shape[1:]), np.float32)
        filled[: len(images)] = images
        return np.asarray(self._run(tf.constant(filled))[: len(images)], dtype=np.float32)

    def _compile(self) -> None:
        """Before the first snippet comes, so that none waits for it."""
        for size in BATCHES:
            self._batch(np.zeros((size, *self._crop_shape), np.float32))


def _served(model: keras.Model) -> keras.Model:
    """The network up to the head that is served. The other is for comparison with peers only."""
    heads = dict(zip(model.output_names, model.outputs, strict=True))
    return keras.Model(model.inputs, heads[SERVED_HEAD] if len(heads) > 1 else model.outputs[0])


def _take_device() -> str:
    """Name where TensorFlow will run. Of a card's memory it takes what it needs, not all there is."""
    cards = tf.config.list_physical_devices("GPU")
    for card in cards:
        tf.config.experimental.set_memory_growth(card, True)
    names = [tf.config.experimental.get_device_details(card).get("device_name", card.name) for card in cards]
    return ", ".join(names) or "CPU"
