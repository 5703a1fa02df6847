"""Cut a face out of its frame, nearly level, framed as in training. Knows nothing of expressions."""

from __future__ import annotations

import cv2
import numpy as np

from inference.contract import Framing
from inference.faces import Face, Point
from inference.frames import Gray, GrayFrame

# Pixels that averaging leaves for each one of the crop. With a single one, turning the picture would
# interpolate between pixels as wide as the crop's own, and blur it a second time (docs/model/framing.md).
PIXELS_PER_PIXEL = 2


class Aligner:
    """Cut a face out with the framing that the network was trained on."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing

    def side(self, face: Face) -> float:
        """Side of the square to cut, in pixels of the frame."""
        return self._framing.side_per_face_width * face.width

    def cut_sharply(self, frame: GrayFrame, face: Face) -> Gray:
        """Cut from the reduced picture where it has enough pixels, else from the full one."""
        if frame.reduction == 1 or self.side(face) >= self._framing.framed_size:
            return self.cut(frame.pixels, face)
        return self.cut(frame.full(), face.scaled(frame.reduction))

    def cut(self, gray: Gray, face: Face) -> Gray:
        """Turn the eyes towards level and cut the face out. Returns (input_size, input_size) uint8.

        Not quite level: FER2013's crops are not, and a measured tilt is partly the detector's error.
        Beyond the frame's edge its last pixels are repeated.
        """
        size = self._framing.input_size
        scale = self._framing.framed_size / self.side(face)
        gray, centre, scale = _shrunk(gray, self._centre(face), scale, size)
        angle = self._framing.levelled * face.roll
        turn = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), angle, scale)
        matrix = np.asarray(turn, dtype=np.float64)
        matrix[:, 2] += (size - 1) / 2 - centre
        crop = cv2.warpAffine(gray, matrix, (size, size), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(crop, dtype=np.uint8)

    def _centre(self, face: Face) -> Point:
        turn = np.radians(face.roll)
        up = np.array([np.sin(turn), -np.cos(turn)])
        return face.centre + up * self._framing.centre_above_box * self.side(face)


def _shrunk(gray: Gray, centre: Point, scale: float, size: int) -> tuple[Gray, Point, float]:
    """Average pixels first where the crop is much smaller than the face, so that nothing aliases."""
    step = int(1 / scale / PIXELS_PER_PIXEL)
    if step < 2:
        return gray, centre, scale
    reach = size / scale
    left, top = (max(0, int(edge)) for edge in centre - reach)
    right, bottom = (int(edge) for edge in centre + reach)
    part = gray[top:bottom, left:right]
    small = cv2.resize(part, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    moved = (centre - (left, top) + 0.5) / step - 0.5
    return np.asarray(small, dtype=np.uint8), moved, scale * step
