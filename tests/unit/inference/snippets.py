"""Snippets made from the sample picture: what a camera may see in two seconds."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.bench import SNIPPET, as_jpeg, swayed

__all__ = ["SNIPPETS", "as_jpeg", "snippet_of"]

Bgr = NDArray[np.uint8]
WALL = 120  # gray level


def still(picture: Bgr, step: int) -> Bgr:
    return picture


def reading(picture: Bgr, step: int) -> Bgr:
    return swayed(picture, step)


def lively(picture: Bgr, step: int) -> Bgr:
    return swayed(picture, step, reach=6)


def turning(picture: Bgr, step: int) -> Bgr:
    matrix = cv2.getRotationMatrix2D((320, 240), 4 * step - 14, 1)
    return np.asarray(cv2.warpAffine(picture, matrix, (640, 480), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def leaning_in(picture: Bgr, step: int) -> Bgr:
    matrix = cv2.getRotationMatrix2D((280, 150), 0, 1 + 0.04 * step)
    return np.asarray(cv2.warpAffine(picture, matrix, (640, 480), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def light_changing(picture: Bgr, step: int) -> Bgr:
    return np.asarray(cv2.convertScaleAbs(picture, alpha=0.6 + 0.07 * step), dtype=np.uint8)


def light_going_out(picture: Bgr, step: int) -> Bgr:
    return np.asarray(cv2.convertScaleAbs(picture, alpha=0.03 if step in (2, 5) else 1), dtype=np.uint8)


def blinking_out(picture: Bgr, step: int) -> Bgr:
    return np.full_like(picture, WALL) if step in (1, 2, 6) else picture


def covered(picture: Bgr, step: int) -> Bgr:
    """Something with as much to see in it as the face is held before it, for a moment."""
    hidden = picture.copy()
    hidden[60:260, 180:380] = picture[260:460, 60:260]
    return hidden if step in (1, 2, 6) else picture


def darting(picture: Bgr, step: int) -> Bgr:
    """The head is elsewhere for a moment, further than it can be followed."""
    return np.roll(picture, 200, axis=1) if step in (1, 2, 6) else picture


def leaving(picture: Bgr, step: int) -> Bgr:
    return np.full_like(picture, WALL) if step > 4 else picture


def blurring(picture: Bgr, step: int) -> Bgr:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 6), np.uint8) if step in (2, 3) else picture


def joined(picture: Bgr, step: int) -> Bgr:
    """A second face comes in beside the first, and stays."""
    first, second = (
        picture[:, 140:460],
        picture[:, 140:460] if step > 4 else np.full_like(picture[:, :320], WALL),
    )
    return np.hstack([first, second])


SNIPPETS: dict[str, Callable[[Bgr, int], Bgr]] = {
    each.__name__: each
    for each in (
        still, reading, lively, turning, leaning_in, light_changing, light_going_out, blinking_out, covered,
        darting,
        leaving,
        blurring, joined,
    )
}  # fmt: skip


def snippet_of(picture: Bgr, name: str) -> list[bytes]:
    return [as_jpeg(SNIPPETS[name](picture, step)) for step in range(SNIPPET)]
