"""Count how many crops a second the network alone answers, by runtime and batch. Finds and scores no face."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.contract import WEIGHTS_DIR, Contract
from inference.runtimes import Network, Runtime, open_network

BATCHES = (1, 8, 64, 256)
LEAST_CALLS = 3


def throughput(runtimes: Sequence[Runtime], seconds: float) -> dict[str, Any]:
    """Time every runtime for `seconds` at each batch, in this one process.

    LiteRT runs on one core, one crop at a time, whatever the batch; Keras on a card or on all cores.
    """
    contract = Contract.read()
    contract.verify(WEIGHTS_DIR)
    networks = {runtime: open_network(runtime, WEIGHTS_DIR, contract) for runtime in runtimes}
    measured = {
        runtime.value: {
            "device": network.device,
            "crops_per_s": {
                batch: round(crops_per_s(network, noise(batch, contract.framing.input_size), seconds))
                for batch in tqdm(BATCHES, runtime.value)
            },
        }
        for runtime, network in networks.items()
    }
    return {"runtimes": measured, "model_version": contract.model_version}


def crops_per_s(network: Network, crops: NDArray[np.uint8], seconds: float) -> float:
    """By the median of the calls that fit into the time, three at least. The first one is not timed."""
    network.shares(crops)
    spent: list[float] = []
    while len(spent) < LEAST_CALLS or sum(spent) < seconds:
        started = time.perf_counter()
        network.shares(crops)
        spent.append(time.perf_counter() - started)
    return len(crops) / statistics.median(spent)


def noise(batch: int, size: int) -> NDArray[np.uint8]:
    """(batch, size, size). The network takes as long for noise as for faces."""
    return np.random.default_rng(0).integers(0, 256, (batch, size, size), dtype=np.uint8)
