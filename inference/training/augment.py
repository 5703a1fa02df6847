"""Vary a face as cameras, rooms and detectors do: framing, light, focus, noise. Knows nothing of labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Gray: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How far a crop may be moved and its light changed at full strength."""

    rotation: float = 12.0  # degrees
    scale: float = 0.10  # of the face's size
    shift: float = 2.5  # pixels of the framed face
    gamma: float = 0.5  # of a factor of e
    side_light: float = 0.6  # of the light, from one edge to the other
    blur_sigma: float = 1.0
    blur_share: float = 0.15
    noise: float = 6.0  # gray levels
    noise_share: float = 0.3
    patch_share: float = 0.15
    patch: tuple[int, int] = (6, 14)  # pixels

    def apply(self, image: NDArray[np.uint8], size: int, strength: float, rng: Generator) -> Gray:
        """image: (48, 48). strength: 0 leaves it as it is. Returns (size, size), gray levels 0-255."""
        warped = self._reframe(image, size, strength, rng)
        lit = self._relight(warped, strength, rng)
        return self._degrade(lit, strength, rng)

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
        """Bend the tone curve and let light fall from one side."""
        gamma = np.exp(strength * self.gamma * rng.uniform(-1, 1))
        bent = 255 * (image.clip(0, 255) / 255) ** gamma
        light = _slope(image.shape[0], strength * self.side_light * rng.random(), rng)
        return np.asarray(bent * light, dtype=np.float32)

    def _degrade(self, image: Gray, strength: float, rng: Generator) -> Gray:
        """Sometimes unsharp, sometimes noisy, sometimes partly covered."""
        if rng.random() < strength * self.blur_share:
            sigma = rng.uniform(0.3, 0.3 + self.blur_sigma)
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), dtype=np.float32)
        if rng.random() < strength * self.noise_share:
            image = image + rng.normal(0, rng.uniform(0, self.noise), image.shape).astype(np.float32)
        if rng.random() < strength * self.patch_share:
            image = self._cover(image, rng)
        return image

    def _cover(self, image: Gray, rng: Generator) -> Gray:
        height, width = rng.integers(*self.patch, size=2)
        top, left = rng.integers(0, image.shape[0] - height), rng.integers(0, image.shape[1] - width)
        image[top : top + height, left : left + width] = rng.uniform(0, 255)
        return image


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
