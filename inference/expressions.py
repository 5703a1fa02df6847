"""Run the trained network over aligned crops. Knows nothing of frames, scores or people."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from inference.frames import Gray

Shares: TypeAlias = NDArray[np.float64]


class ExpressionNet:
    """The LiteRT network with its temperature: from a gray crop to how raters would share their votes."""

    def __init__(self, model: Path, temperature: float, *, threads: int = 1) -> None:
        self._interpreter = Interpreter(str(model), num_threads=threads)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]
        self._temperature = temperature

    def logits(self, crop: Gray | NDArray[np.float32]) -> NDArray[np.float32]:
        """crop: (size, size), gray levels 0-255. Returns one logit per expression, in contract order."""
        self._interpreter.set_tensor(self._input, crop.astype(np.float32)[None, :, :, None])
        self._interpreter.invoke()
        return np.asarray(self._interpreter.get_tensor(self._output)[0], dtype=np.float32)

    def shares(self, crop: Gray | NDArray[np.float32]) -> Shares:
        """The expression probabilities of one crop: (expressions,), summing to one."""
        return softmax(self.logits(crop) / self._temperature)


def softmax(logits: NDArray[np.float32] | Shares) -> Shares:
    """Along the last axis, in double precision."""
    lowered = np.asarray(logits, dtype=np.float64)
    raised = np.exp(lowered - lowered.max(axis=-1, keepdims=True))
    shares: Shares = raised / raised.sum(axis=-1, keepdims=True)
    return shares
