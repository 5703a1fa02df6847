"""What the tests of `inference` share: the committed model, opened once, and the sample face."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference import Analyser
from inference.bench import SAMPLE, sample_frames


@pytest.fixture(scope="session")
def analyser() -> Iterator[Analyser]:
    with Analyser.load() as opened:
        yield opened


@pytest.fixture(scope="session")
def snippet() -> list[bytes]:
    return sample_frames()


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    """The sample, 640x480, as OpenCV reads it."""
    return np.asarray(cv2.imread(str(SAMPLE)), dtype=np.uint8)
