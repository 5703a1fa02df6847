"""What the tests of `inference` share: the committed model, opened once, and the sample face."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference import Analyser
from inference.bench import SAMPLE, sample_frames
from inference.contract import EXPRESSIONS
from inference.training.dataset import LabelledFaces


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


@pytest.fixture
def faces(picture: NDArray[np.uint8]) -> LabelledFaces:
    """The sample face as FER2013 would have framed it, and its mirror image."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[76:220, 207:351]
    small = np.asarray(cv2.resize(gray, (48, 48), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    majority = np.full(2, EXPRESSIONS.index("happiness"))
    votes = np.eye(len(EXPRESSIONS), dtype=np.float32)[majority]
    return LabelledFaces(np.stack([small, small[:, ::-1]]), votes, majority)
