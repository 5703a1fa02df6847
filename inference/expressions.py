"""Run the trained network over aligned crops. Knows nothing of frames, scores or people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS
from inference.frames import Gray

Crops: TypeAlias = Sequence[Gray] | Gray | NDArray[np.float32]
Shares: TypeAlias = NDArray[np.float64]


class ExpressionNet:
    """The LiteRT network with its temperature: from gray crops to how raters would share their votes.

    mirror: answer with the mean of the logits of each crop and of its mirror image.
    classes: of the head to read; another than the expressions' only to judge it.
    """

    device: str = "CPU"

    def __init__(
        self,
        model: Path,
        temperature: float,
        *,
        mirror: bool = False,
        threads: int = 1,
        classes: int = len(EXPRESSIONS),
    ) -> None:
        self._interpreter = Interpreter(str(model), num_threads=threads)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = _head(self._interpreter, classes)
        self._answer = self._both_ways if mirror else self._one
        self._classes = classes
        self._temperature = temperature

    def logits(self, crops: Crops) -> NDArray[np.float32]:
        """crops: (N, size, size), gray levels 0-255, N may be 0. Returns (N, classes), contract order."""
        found = [self._answer(crop) for crop in np.asarray(crops, dtype=np.float32)]
        return np.array(found, dtype=np.float32).reshape(-1, self._classes)

    def shares(self, crops: Crops) -> Shares:
        """The expression probabilities of every crop: (N, expressions), rows summing to one."""
        return softmax(self.logits(crops) / self._temperature)

    def _both_ways(self, crop: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray((self._one(crop) + self._one(crop[:, ::-1])) / 2, dtype=np.float32)

    def _one(self, crop: NDArray[np.float32]) -> NDArray[np.float32]:
        self._interpreter.set_tensor(self._input, crop[None, :, :, None])
        self._interpreter.invoke()
        return np.asarray(self._interpreter.get_tensor(self._output)[0], dtype=np.float32)


def head_sizes(model: Path) -> frozenset[int]:
    """How many classes each of the network's heads has."""
    details = Interpreter(str(model)).get_output_details()
    return frozenset(int(out["shape"][-1]) for out in details)


def _head(interpreter: Interpreter, classes: int) -> int:
    """The output with that many classes: a network may carry a second head, in an order LiteRT chooses."""
    (index,) = (out["index"] for out in interpreter.get_output_details() if out["shape"][-1] == classes)
    return int(index)


def softmax(logits: NDArray[np.float32] | Shares) -> Shares:
    """Along the last axis, in double precision."""
    lowered = np.asarray(logits, dtype=np.float64)
    raised = np.exp(lowered - lowered.max(axis=-1, keepdims=True))
    shares: Shares = raised / raised.sum(axis=-1, keepdims=True)
    return shares
