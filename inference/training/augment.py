"""Vary a face as cameras, rooms and detectors do: framing, light, focus, noise. Knows nothing of labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Gray: TypeAlias = NDArray[np.float32]

EYES = (0.25, 0.50)  # rows of a framed face, as shares of its side, in which eyes and glasses lie
MOUTH = (0.66, 0.92)


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a crop may be moved and its light changed at full strength. `share`: of the faces."""

    rotation: float = 12.0  # degrees
    scale: float = 0.10  # of the face's size
    shift: float = 2.5  # pixels of the framed face
    gamma: float = 0.8  # of a factor of e
    exposure: float = 0.4  # of a factor of e, before the sensor clips
    side_light: float = 0.9  # of the light, from one edge to the other
    blur_sigma: float = 2.0
    blur_share: float = 0.25
    small_side: int = 20  # pixels that a face from far away is made of, at the least
    small_share: float = 0.1
    jpeg_quality: tuple[int, int] = (15, 70)
    jpeg_share: float = 0.1
    noise: float = 10.0  # gray levels
    noise_share: float = 0.2
    patch: tuple[int, int] = (6, 16)  # pixels
    patch_share: float = 0.2
    band_share: float = 0.05  # eyes or mouth covered from side to side: glasses, a mask, a hand

    def apply(self, image: NDArray[np.uint8], size: int, strength: float, rng: Generator) -> Gray:
        """image: (48, 48). strength: 0 leaves it as it is. Returns (size, size), gray levels 0-255."""
        warped = self._reframe(image, size, strength, rng)
        lit = self._relight(warped, strength, rng)
        covered = self._cover(lit, strength, rng)
        return self._degrade(covered, strength, rng)

    def _reframe(self, image: NDArray[np.uint8], size: int, strength: float, rng: Generator) -> Gray:
        """Flip half of the time, then rotate, scale and shift about the centre in one resampling."""
        angle, scale, across, down = strength * rng.uniform(-1, 1, 4) * [
            self.rotation, self.scale, self.shift, self.shift
        ]  # fmt: skip
        middle = (image.shape[0] - 1) / 2
        matrix = cv2.getRotationMatrix2D((middle, middle), angle, 1 + scale)
        matrix[:, 2] += (size - 1) / 2 - middle + np.array([across, down])
        flipped = image[:, ::-1] if rng.random() < 0.5 else image
        moved = flipped.astype(np.float32)
        warped = cv2.warpAffine(moved, matrix, (size, size), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(warped, dtype=np.float32)

    def _relight(self, image: Gray, strength: float, rng: Generator) -> Gray:
        """Let light fall from one side, expose too long or too short, bend the tone curve."""
        gamma, exposure = np.exp(strength * rng.uniform(-1, 1, 2) * [self.gamma, self.exposure])
        light = _slope(image.shape[0], strength * self.side_light * rng.random(), rng)
        seen = (image * light * np.float32(exposure / 255)).clip(0, 1)
        return np.asarray(255 * seen ** np.float32(gamma), dtype=np.float32)

    def _cover(self, image: Gray, strength: float, rng: Generator) -> Gray:
        """Sometimes hide a patch, sometimes the eyes or the mouth."""
        side = image.shape[0]
        if rng.random() < strength * self.patch_share:
            height, width = rng.integers(*self.patch, size=2)
            top, left = rng.integers(0, side - height), rng.integers(0, side - width)
            image[top : top + height, left : left + width] = rng.uniform(0, 255)
        if rng.random() < strength * self.band_share:
            start, end = EYES if rng.random() < 0.5 else MOUTH
            image[int(start * side) : int(end * side)] = rng.uniform(0, 255)
        return image

    def _degrade(self, image: Gray, strength: float, rng: Generator) -> Gray:
        """Sometimes far away, sometimes unsharp, noisy or compressed, in the order in which it happens."""
        far, unsharp, noisy, compressed = rng.random(4) < strength * np.array(
            [self.small_share, self.blur_share, self.noise_share, self.jpeg_share]
        )
        if far:
            image = _shrunk(image, int(rng.integers(self.small_side, image.shape[0])))
        if unsharp:
            image = _gray(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.3 + self.blur_sigma)))
        if noisy:
            sigma = rng.uniform(0, self.noise)
            image = image + np.float32(sigma) * rng.standard_normal(image.shape, dtype=np.float32)
        return _compressed(image, int(rng.integers(*self.jpeg_quality))) if compressed else image


def plain_crop(images: NDArray[np.uint8], size: int) -> Gray:
    """The middle of framed faces, as the network sees them unvaried. Returns (N, size, size, 1)."""
    margin = (images.shape[1] - size) // 2
    return images[:, margin : margin + size, margin : margin + size, None].astype(np.float32)


def _slope(size: int, fall: float, rng: Generator) -> Gray:
    """Brightness falling from one to `1 - fall` across the picture, in any direction."""
    turn = rng.uniform(0, 2 * np.pi)
    axis = np.linspace(-0.5, 0.5, size, dtype=np.float32)
    along = axis[None, :] * np.float32(np.cos(turn)) + axis[:, None] * np.float32(np.sin(turn))
    light = 1 - fall * (0.5 + along / (abs(np.cos(turn)) + abs(np.sin(turn))))
    return np.asarray(light, dtype=np.float32)


def _shrunk(image: Gray, side: int) -> Gray:
    """The same face made of fewer pixels, enlarged again."""
    small = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
    return _gray(cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_LINEAR))


def _compressed(image: Gray, quality: int) -> Gray:
    written = cv2.imencode(".jpg", image.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[
        1
    ]
    return np.asarray(cv2.imdecode(written, cv2.IMREAD_GRAYSCALE), dtype=np.float32)


def _gray(image: cv2.typing.MatLike) -> Gray:
    return np.asarray(image, dtype=np.float32)
