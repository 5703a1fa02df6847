"""Decide whether a frame can be measured, and name the reason if not. Knows nothing of expressions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from inference.contract import GateThresholds
from inference.faces import Face
from inference.frames import Gray

WHITE = 250  # gray level from which a pixel holds no more than that it was bright


class Reason(StrEnum):
    """Why a frame was not measured."""

    UNDECODABLE = "undecodable"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    FACE_TOO_SMALL = "face_too_small"
    TURNED_AWAY = "turned_away"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    LOW_CONTRAST = "low_contrast"
    BLURRED = "blurred"
    GRAINY = "grainy"


@dataclass(frozen=True, slots=True)
class QualityGate:
    """Frames must show exactly one face, large, towards the camera, sharp and well lit."""

    limits: GateThresholds

    def against_faces(self, faces: Sequence[Face]) -> Reason | None:
        """The reason not to go on, or None when there is one face and somebody to measure."""
        if not faces:
            return Reason.NO_FACE
        return Reason.SEVERAL_FACES if len(faces) > 1 else None

    def against_size(self, pixels: float) -> Reason | None:
        """pixels: how many of the camera's the crop is made from, along one side."""
        return Reason.FACE_TOO_SMALL if pixels < self.limits.smallest_face else None

    def against_pose(self, face: Face) -> Reason | None:
        """Judge the tilt and turn of the head by its key points."""
        if abs(face.roll) > self.limits.largest_roll or abs(yaw(face)) > self.limits.largest_yaw:
            return Reason.TURNED_AWAY
        if not self.limits.lowest_pitch <= pitch(face) <= self.limits.highest_pitch:
            return Reason.TURNED_AWAY
        return None

    def against_picture(self, crop: Gray) -> Reason | None:
        """Judge the light, the focus and the noise of an aligned crop."""
        seen, limits = Picture.of(crop), self.limits
        if seen.mean < limits.darkest_mean:
            return Reason.TOO_DARK
        if seen.burnt > limits.most_burnt:
            return Reason.TOO_BRIGHT
        if seen.contrast < limits.least_contrast:
            return Reason.LOW_CONTRAST
        if seen.sharpness < limits.least_sharpness:
            return Reason.BLURRED
        return Reason.GRAINY if seen.sharpness > limits.greatest_sharpness else None


@dataclass(frozen=True, slots=True)
class Picture:
    """What is measured on a crop. burnt: the share of pixels that are as good as white.

    sharpness: variance of the Laplacian over the variance of the picture, so that dim light is not taken for
    blur. A face has little of it beside noise: far too much means grain.
    """

    mean: float
    contrast: float
    burnt: float
    sharpness: float

    @classmethod
    def of(cls, crop: Gray) -> Picture:
        """crop: (size, size), uint8."""
        mean, contrast = (float(value[0, 0]) for value in cv2.meanStdDev(crop))
        burnt = cv2.countNonZero(cv2.inRange(crop, WHITE, 255)) / crop.size
        edges = cv2.meanStdDev(cv2.Laplacian(crop, cv2.CV_32F))[1]
        return cls(mean, contrast, burnt, float(np.square(edges[0, 0] / max(contrast, 1.0))))


def yaw(face: Face) -> float:
    """How far the nose stands beside the middle of the eyes, in eye distances: 0 towards the camera."""
    return float(face.upright(face.nose)[0]) / max(face.eye_distance, 1.0)


def pitch(face: Face) -> float:
    """How far down the nose stands between eyes and mouth: near one half towards the camera."""
    mouth = float(face.upright(face.mouth)[1])
    return float(face.upright(face.nose)[1]) / max(mouth, 1.0)
