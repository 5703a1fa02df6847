"""The two tools that measured the framing and the gate's thresholds, run on the sample face."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS, Contract
from inference.training.dataset import LabelledFaces
from inference.training.framing import HEIGHTS, MARGINS, FramingTable, paste
from inference.training.gate import SPOILED, Judge, tables


@pytest.fixture
def faces(picture: NDArray[np.uint8]) -> LabelledFaces:
    """The sample face as FER2013 would have framed it, and its mirror image."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[76:220, 207:351]
    small = np.asarray(cv2.resize(gray, (48, 48), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    majority = np.full(2, EXPRESSIONS.index("happiness"))
    votes = np.eye(len(EXPRESSIONS), dtype=np.float32)[majority]
    return LabelledFaces(np.stack([small, small[:, ::-1]]), votes, majority)


def test_a_pasted_face_lies_in_the_middle_of_a_camera_frame(faces: LabelledFaces) -> None:
    frame = paste(faces.images[0], cv2.BORDER_CONSTANT)
    assert frame.shape == (480, 640)
    assert (frame[:100] == 127).all()


def test_every_margin_and_height_gets_a_line(faces: LabelledFaces) -> None:
    lines = list(FramingTable(faces, Contract.read()).lines())
    assert len(lines) == 2 + len(MARGINS) * len(HEIGHTS)
    assert lines[1].startswith("| training crops |")


def test_the_gate_lets_a_good_face_through_and_keeps_a_spoiled_one_out(faces: LabelledFaces) -> None:
    frames = [paste(image, cv2.BORDER_CONSTANT) for image in faces.images]
    rows = {
        line.split("|")[1].strip(): line for line in tables(frames, Judge(Contract.read())) if "|" in line
    }
    assert "| 100.0% |" in rows["as it is"]
    assert "too_dark 100.0%" in rows["light at 15 %"]
    assert set(SPOILED) <= set(rows)
