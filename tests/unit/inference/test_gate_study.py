"""The study behind the gate's thresholds, run on the sample face."""

from __future__ import annotations

import cv2

from inference.contract import Contract
from inference.training.dataset import LabelledFaces
from inference.training.framing import paste
from inference.training.gate import SPOILED, Judge, tables


def test_the_gate_lets_a_good_face_through_and_keeps_a_spoiled_one_out(faces: LabelledFaces) -> None:
    frames = [paste(image, cv2.BORDER_CONSTANT) for image in faces.images]
    rows = {
        line.split("|")[1].strip(): line for line in tables(frames, Judge(Contract.read())) if "|" in line
    }
    assert "| 100.0% |" in rows["as it is"]
    assert "too_dark 100.0%" in rows["light at 15 %"]
    assert set(SPOILED) <= set(rows)
