"""Carry a face from a frame where it was detected to another frame. Knows nothing of detectors or the gate.

Points are complex numbers here, x + iy: multiplying by one turns and scales, adding one moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.contract import TrackingRule
from inference.faces import Face
from inference.frames import Gray

Points: TypeAlias = NDArray[np.complexfloating[Any, Any]]
Numbers: TypeAlias = NDArray[np.float64]

PATCH = 64  # pixels along a side of the square around the face, in which its motion is followed
FACE_WIDTHS = 1.2  # that the square spans: the face, and little of what stands behind it
_MIDDLE = complex(PATCH - 1, PATCH - 1) / 2
_ACROSS, _DOWN = np.meshgrid(np.linspace(-0.3, 0.3, 4), np.linspace(-0.2, 0.35, 4))
# Followed points, from brows to chin: what they find is the head's motion, not that of its mouth or eyelids.
_GRID: Points = np.asarray(_ACROSS + 1j * _DOWN).ravel() * PATCH / FACE_WIDTHS + _MIDDLE


@dataclass(frozen=True, slots=True)
class Patch:
    """The square around a face, detected or guessed, cut out level. pixels: (PATCH, PATCH)."""

    face: Face
    pixels: Gray

    @classmethod
    def cut(cls, gray: Gray, face: Face) -> Patch:
        """gray: the frame that the face lies in."""
        unit, origin = _place(face)
        to_frame = np.array([[unit.real, -unit.imag, origin.real], [unit.imag, unit.real, origin.imag]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        pixels = cv2.warpAffine(gray, to_frame, (PATCH, PATCH), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return cls(face, np.asarray(pixels, dtype=np.uint8))


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a face was carried to. residual: how far the points strayed from one motion, in face widths."""

    face: Face
    residual: float


def follow(pairs: Sequence[tuple[Patch, Patch]]) -> list[Trace]:
    """Carry each known face (first) to where the second patch was cut, around a guess.

    All pairs stand side by side in one picture: one call of OpenCV's costs less than many small ones.
    """
    if not pairs:
        return []
    tiles = np.arange(len(pairs))[:, None] * PATCH
    sources, targets = (np.hstack([pair[side].pixels for pair in pairs]) for side in (0, 1))
    starts = _floats(_GRID + tiles)
    ends, found, _ = cv2.calcOpticalFlowPyrLK(
        sources, targets, starts, np.empty_like(starts), winSize=(11, 11), maxLevel=2
    )
    moved = np.asarray(ends, dtype=np.float64).view(np.complex128).reshape(len(pairs), -1) - tiles
    turns, shifts, residuals = _similarities(moved, np.asarray(found, dtype=np.bool_).reshape(len(pairs), -1))
    return [
        Trace(_carried(known.face, guess.face, turn, shift), float(residual))
        for (known, guess), turn, shift, residual in zip(pairs, turns, shifts, residuals, strict=True)
    ]


def agree(one: Trace, other: Trace, rule: TrackingRule) -> bool:
    """Whether both are clean, and put the same face in the same place."""
    face, twin = one.face, other.face
    return (
        max(one.residual, other.residual) <= rule.largest_residual
        and float(np.linalg.norm(face.centre - twin.centre)) <= rule.largest_shift * face.width
        and abs(face.width - twin.width) <= rule.largest_growth * face.width
        and abs(face.roll - twin.roll) <= rule.largest_turn
    )


def between(face: Face, later: Face, share: float) -> Face:
    """The face on its way to a later one; share: 0 at the first, 1 at the second."""
    width = face.width + share * (later.width - face.width)
    points = _points(face) + share * (_points(later) - _points(face))
    return _face(points, width, min(face.confidence, later.confidence))


def _place(face: Face) -> tuple[complex, complex]:
    """(unit, origin) of a face's patch: a point p of the patch lies at origin + unit * p in the frame."""
    across = complex(*(face.right_eye - face.left_eye))
    unit = across / max(abs(across), 1e-6) * face.width * FACE_WIDTHS / PATCH
    return unit, complex(*face.centre) - unit * _MIDDLE


def _similarities(moved: Points, found: NDArray[np.bool_]) -> tuple[Points, Points, Numbers]:
    """The turn and shift that take the grid closest to each row of `moved`, and the median distance left.

    Fitted twice: the second time without the points that do not move with the others.
    """
    weights = found.astype(np.float64)
    for _ in range(2):
        total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-6)
        grid_middle, middle = (
            (weights * points).sum(axis=1, keepdims=True) / total for points in (_GRID, moved)
        )
        centred = _GRID - grid_middle
        spread = np.maximum((weights * np.abs(centred) ** 2).sum(axis=1, keepdims=True), 1e-6)
        turn = (weights * centred.conj() * (moved - middle)).sum(axis=1, keepdims=True) / spread
        strayed = np.where(found, np.abs(moved - middle - turn * centred), np.inf)
        residual = np.median(strayed, axis=1, keepdims=True)
        weights = (strayed <= 2 * residual).astype(np.float64) * found
    shift = middle - turn * grid_middle
    return turn[:, 0], shift[:, 0], residual[:, 0] * FACE_WIDTHS / PATCH


def _carried(face: Face, guess: Face, turn: complex, shift: complex) -> Face:
    unit, origin = _place(face)
    new_unit, new_origin = _place(guess)
    points = new_origin + new_unit * (turn * (_points(face) - origin) / unit + shift)
    return _face(points, face.width * abs(turn * new_unit / unit), face.confidence)


def _points(face: Face) -> Points:
    pairs = np.array([face.left_eye, face.right_eye, face.nose, face.mouth, face.centre], dtype=np.float64)
    return pairs.view(np.complex128)[:, 0]


def _face(points: Points, width: float, confidence: float) -> Face:
    left_eye, right_eye, nose, mouth, centre = points.view(np.float64).reshape(-1, 2)
    return Face(left_eye, right_eye, nose, mouth, centre, float(width), confidence)


def _floats(points: Points) -> NDArray[np.float32]:
    """Points as OpenCV wants them: (N, 1, 2)."""
    return np.ascontiguousarray(points).view(np.float64).astype(np.float32).reshape(-1, 1, 2)
