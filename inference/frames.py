"""Turn JPEG bytes into pixels, no larger than needed. Knows nothing of faces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Gray: TypeAlias = NDArray[np.uint8]
Rgb: TypeAlias = NDArray[np.uint8]

LARGEST_SIDE = 4096  # pixels; a camera frame is smaller, a decompression bomb is not
REDUCED_SIDE = 320  # pixels of the longer side that are enough to find a face in
_REDUCTIONS = {1: cv2.IMREAD_COLOR_RGB, 2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4}
_GRAY_REDUCTIONS = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
}
_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Tables, applications' own, comments. The decoder passes over what is no segment instead of jumping by its
# length; where the two disagree, a second, huge size can hide.
_SEGMENTS = frozenset({0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)})
_SCANS_MAX = 16  # a progressive picture has ten; each costs the decoder a whole pass


class Undecodable(Exception):
    """The bytes are not a JPEG picture of a sensible size."""


@dataclass(frozen=True, slots=True)
class GrayFrame:
    """One camera picture in gray. pixels: (H, W), reduced; `reduction` says by how much. jpeg: as it came."""

    jpeg: bytes
    pixels: Gray
    reduction: float

    def full(self) -> Gray:
        """The picture at the size it came in."""
        return _decode(self.jpeg, cv2.IMREAD_GRAYSCALE)


@dataclass(frozen=True, slots=True)
class Frame:
    """One camera picture in colour. rgb: (H, W, 3), reduced as a `GrayFrame` is."""

    jpeg: bytes
    rgb: Rgb
    reduction: float

    def gray(self) -> GrayFrame:
        """The same without its colours."""
        pixels = np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
        return GrayFrame(self.jpeg, pixels, self.reduction)


def read_frame(jpeg: bytes) -> Frame:
    """Decode at a half or a quarter where that leaves enough to find a face. Raises Undecodable."""
    longer = max(jpeg_size(jpeg))
    reduction = _reduction(longer)
    picture = _decode(jpeg, _REDUCTIONS[reduction])
    if reduction > 1:
        cv2.cvtColor(picture, cv2.COLOR_BGR2RGB, dst=picture)  # OpenCV has no reduced read in RGB order
    return Frame(jpeg, picture, longer / max(picture.shape[:2]))


def read_gray(jpeg: bytes) -> GrayFrame:
    """Decode the brightness alone, which costs less; otherwise as `read_frame`. Raises Undecodable."""
    longer = max(jpeg_size(jpeg))
    picture = _decode(jpeg, _GRAY_REDUCTIONS[_reduction(longer)])
    return GrayFrame(jpeg, picture, longer / max(picture.shape))


def _reduction(longer_side: int) -> int:
    return max(step for step in _REDUCTIONS if step == 1 or longer_side // step >= REDUCED_SIDE)


def jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """(width, height) from the header alone, before anything is decoded.

    Raises Undecodable for other bytes, for sides over `LARGEST_SIDE` pixels, and for more scans than any
    camera or program makes.
    """
    if jpeg[:2] != b"\xff\xd8":
        raise Undecodable("not a JPEG")
    if jpeg.count(b"\xff\xda") > _SCANS_MAX:
        raise Undecodable("too many scans")
    at = 2
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker in _SIZE_MARKERS:
            return _checked_size(jpeg[at + 5 : at + 9])
        at += _segment_length(jpeg, at, marker)
    raise Undecodable("no size in the header")


def _segment_length(jpeg: bytes, at: int, marker: int) -> int:
    if marker == 0xFF:  # a fill byte
        return 1
    if marker not in _SEGMENTS:
        raise Undecodable("no segment where one was expected")
    return 2 + max(2, int.from_bytes(jpeg[at + 2 : at + 4]))


def _checked_size(field: bytes) -> tuple[int, int]:
    height, width = int.from_bytes(field[:2]), int.from_bytes(field[2:])
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE):
        raise Undecodable(f"{width}x{height} pixels")
    return width, height


def _decode(jpeg: bytes, mode: int) -> NDArray[np.uint8]:
    try:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), mode)
    except cv2.error as error:
        raise Undecodable("the JPEG decoder refused it") from error
    if picture is None:
        raise Undecodable("the JPEG decoder refused it")
    return np.asarray(picture, dtype=np.uint8)
