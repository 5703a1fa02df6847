"""Find faces in a frame and cut them out, eyes level. Knows nothing of expressions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import cv2
import mediapipe
import numpy as np
from mediapipe.tasks.python.components.containers.detections import Detection
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision.face_detector import FaceDetector, FaceDetectorOptions
from numpy.typing import NDArray

from inference.contract import Framing
from inference.frames import Frame, Gray, Rgb

Point: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Face:
    """One detected face. Points are (x, y) in pixels; left and right as in the picture."""

    left_eye: Point
    right_eye: Point
    nose: Point
    mouth: Point
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


class Aligner:
    """Cut a face out with the framing that the network was trained on."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing

    def side(self, face: Face) -> float:
        """Side of the square to cut, in pixels of the frame."""
        return self._framing.side_per_face_width * face.width

    def cut_sharply(self, frame: Frame, face: Face) -> Gray:
        """Cut from the reduced picture where it has enough pixels, else from the full one."""
        if frame.reduction == 1 or self.side(face) >= self._framing.framed_size:
            return self.cut(frame.gray(), face)
        return self.cut(frame.full_gray(), face.scaled(frame.reduction))

    def cut(self, gray: Gray, face: Face) -> Gray:
        """Rotate the eyes level and cut the face out. Returns (input_size, input_size) uint8.

        Beyond the frame's edge its last pixels are repeated.
        """
        size = self._framing.input_size
        scale = self._framing.framed_size / self.side(face)
        centre = self._centre(face)
        gray, centre, scale = _shrunk(gray, centre, scale, size)
        turn = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), face.roll, scale)
        matrix = np.asarray(turn, dtype=np.float64)
        matrix[:, 2] += (size - 1) / 2 - centre
        crop = cv2.warpAffine(gray, matrix, (size, size), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(crop, dtype=np.uint8)

    def _centre(self, face: Face) -> Point:
        turn = np.radians(face.roll)
        down = np.array([-np.sin(turn), np.cos(turn)])
        return face.between_eyes + down * self._framing.centre_below_eyes * self.side(face)


def _shrunk(gray: Gray, centre: Point, scale: float, size: int) -> tuple[Gray, Point, float]:
    """Average pixels first where the crop is much smaller than the face, so that nothing aliases."""
    step = int(1 / scale)
    if step < 2:
        return gray, centre, scale
    reach = size / scale
    left, top = (max(0, int(edge)) for edge in centre - reach)
    right, bottom = (int(edge) for edge in centre + reach)
    part = gray[top:bottom, left:right]
    small = cv2.resize(part, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    moved = (centre - (left, top) + 0.5) / step - 0.5
    return np.asarray(small, dtype=np.uint8), moved, scale * step


def _face(found: Detection, size: Point) -> Face:
    # MediaPipe lists the person's right eye first, which is the left one in the picture.
    left_eye, right_eye, nose, mouth = (np.array([key.x, key.y]) * size for key in found.keypoints[:4])
    return Face(left_eye, right_eye, nose, mouth, found.bounding_box.width, found.categories[0].score)
