"""Which library runs the network: one word, one interface. Opens neither before it is asked for."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from inference.contract import KERAS_FILE, NETWORK_FILE, Contract
from inference.errors import RuntimeNotInstalled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from inference.expressions import Crops, Shares


class Runtime(StrEnum):
    """LiteRT: one crop at a time on one core, in milliseconds. Keras: many at once, for a graphics card."""

    LITERT = "litert"
    KERAS = "keras"

    def require(self) -> None:
        """Look for its library, without opening it. Raises RuntimeNotInstalled."""
        if self is Runtime.KERAS and not find_spec("keras"):
            raise RuntimeNotInstalled("the Keras runtime needs the packages of requirements.txt")


class Network(Protocol):
    """The trained network with its temperature, whichever library runs it."""

    device: str

    def logits(self, crops: Crops) -> NDArray[np.float32]:
        """crops: (N, size, size), gray levels 0-255, N may be 0. Returns (N, expressions), contract order."""
        ...

    def shares(self, crops: Crops) -> Shares:
        """The expression probabilities of every crop: (N, expressions), rows summing to one."""
        ...


def open_network(runtime: Runtime, weights: Path, contract: Contract) -> Network:
    """Load the runtime's own model file, verified before. Raises RuntimeNotInstalled."""
    runtime.require()
    if runtime is Runtime.LITERT:
        from inference.expressions import ExpressionNet

        return ExpressionNet(weights / NETWORK_FILE, contract.temperature, mirror=contract.mirror)
    from inference.keras_network import KerasNetwork

    return KerasNetwork(weights / KERAS_FILE, contract.temperature, mirror=contract.mirror)
