"""The count of crops a second: what it reports, and what it asks for."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from inference import Runtime, RuntimeNotInstalled
from inference.throughput import BATCHES, throughput


def test_each_batch_of_a_runtime_gets_a_rate_and_the_device_is_named() -> None:
    report = throughput([Runtime.LITERT], seconds=0.0)
    assert report["runtimes"]["litert"]["device"] == "CPU"
    rates = report["runtimes"]["litert"]["crops_per_s"]
    assert tuple(rates) == BATCHES
    assert all(rate > 0 for rate in rates.values())


@pytest.mark.skipif(find_spec("keras") is not None, reason="Keras is installed")
def test_a_runtime_that_is_not_installed_is_named_before_anything_is_timed() -> None:
    with pytest.raises(RuntimeNotInstalled, match=r"requirements\.txt"):
        throughput(list(Runtime), seconds=3600)
