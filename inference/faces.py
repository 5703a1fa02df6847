"""Find faces in a frame, with their key points. Knows nothing of crops or expressions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import mediapipe
import numpy as np
from mediapipe.tasks.python.components.containers.detections import Detection
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision.face_detector import FaceDetector, FaceDetectorOptions
from numpy.typing import NDArray

from inference.frames import Rgb

Point: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Face:
    """One detected face. Points are (x, y) in pixels; left and right as in the picture."""

    left_eye: Point
    right_eye: Point
    nose: Point
    mouth: Point
    centre: Point  # of the detector's box
    width: float
    confidence: float

    @property
    def eye_distance(self) -> float:
        """Between the eyes' centres."""
        return float(np.linalg.norm(self.right_eye - self.left_eye))

    @property
    def between_eyes(self) -> Point:
        """The point halfway."""
        return (self.left_eye + self.right_eye) / 2

    @property
    def roll(self) -> float:
        """Degrees by which the eye line is turned, clockwise in the picture."""
        across, down = self.right_eye - self.left_eye
        return float(np.degrees(np.arctan2(down, across)))

    def upright(self, point: Point) -> Point:
        """Where a point lies from between the eyes, along and across the eye line, in pixels."""
        along = (self.right_eye - self.left_eye) / max(self.eye_distance, 1e-6)
        offset = point - self.between_eyes
        return np.array([offset @ along, offset @ np.array([-along[1], along[0]])])

    def scaled(self, factor: float) -> Face:
        """The same face in a picture `factor` times as large."""
        return Face(
            left_eye=self.left_eye * factor,
            right_eye=self.right_eye * factor,
            nose=self.nose * factor,
            mouth=self.mouth * factor,
            centre=self.centre * factor,
            width=self.width * factor,
            confidence=self.confidence,
        )


class FaceFinder:
    """BlazeFace, short range, through MediaPipe's task interface."""

    def __init__(self, model: Path, confidence: float) -> None:
        options = FaceDetectorOptions(
            base_options=BaseOptions(model_asset_buffer=model.read_bytes()),
            min_detection_confidence=confidence,
        )
        self._detector = FaceDetector.create_from_options(options)

    def find(self, picture: Rgb) -> list[Face]:
        """All faces, in the pixels of the picture given."""
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture)
        size = np.array([picture.shape[1], picture.shape[0]], dtype=np.float64)
        return [_face(found, size) for found in self._detector.detect(image).detections]

    def close(self) -> None:
        """Stop MediaPipe's threads; left to the interpreter's end, their clean-up fails noisily."""
        self._detector.close()


def _face(found: Detection, size: Point) -> Face:
    # MediaPipe lists the person's right eye first, which is the left one in the picture.
    left_eye, right_eye, nose, mouth = (np.array([key.x, key.y]) * size for key in found.keypoints[:4])
    box = found.bounding_box
    centre = np.array([box.origin_x + box.width / 2, box.origin_y + box.height / 2])
    return Face(left_eye, right_eye, nose, mouth, centre, box.width, found.categories[0].score)
