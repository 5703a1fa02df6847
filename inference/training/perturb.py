"""Spoil framed faces as cameras, rooms and hands do, each in one stated way. Knows nothing of networks.

Unlike in `augment` nothing is drawn but the noise, and its seed is fixed: figures can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.training.augment import EYES, MOUTH

Images: TypeAlias = NDArray[np.uint8]
Perturbation: TypeAlias = Callable[[Images], Images]
OneImage: TypeAlias = Callable[[NDArray[np.uint8]], cv2.typing.MatLike]

SEED = 20261124
GRAY = 127
# What a lamp of about 2,900 K leaves of red, green and blue under a white balance for daylight.
WARM = (1.0, 0.75, 0.45)
COLD = (0.7, 0.85, 1.0)


def moved(
    images: Images, *, across: float = 0, down: float = 0, scale: float = 1, angle: float = 0
) -> Images:
    """Shift by pixels, scale, and turn by degrees (against the clock), about the centre. (N, H, W).

    Beyond the edge the last pixels are repeated.
    """
    height, width = images.shape[1:]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, scale)
    matrix[:, 2] += np.array([across, down])
    return _each(
        images, lambda image: cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    )


def gamma(power: float) -> Perturbation:
    """Bend the tone curve: over 1 darkens the middle, under 1 lightens it."""
    return lambda images: _rounded(255 * (images / 255.0) ** power)


def exposure(gain: float) -> Perturbation:
    """More or less light on the sensor, which clips. In gray levels as they are stored."""
    return lambda images: _rounded(images * gain)


def side_light(left: float, right: float, top: float = 1.0, bottom: float = 1.0) -> Perturbation:
    """Light falling evenly from one share at one edge to another at the opposite one."""

    def spoil(images: Images) -> Images:
        height, width = images.shape[1:]
        light = np.linspace(top, bottom, height)[:, None] * np.linspace(left, right, width)
        return _rounded(images * light)

    return spoil


def colour_cast(red: float, green: float, blue: float) -> Perturbation:
    """A wrong white balance. Of a face known only in gray: the picture is coloured evenly, then made gray
    as the pipeline does. That is little more than a gain; a real skin's own colour would add to it.
    """

    def spoil(image: NDArray[np.uint8]) -> cv2.typing.MatLike:
        coloured = _rounded(image[..., None] * np.array([red, green, blue]))
        return cv2.cvtColor(coloured, cv2.COLOR_RGB2GRAY)

    return lambda images: _each(images, spoil)


def blur(sigma: float) -> Perturbation:
    """Out of focus; sigma in pixels of the framed face."""
    return lambda images: _each(images, lambda image: cv2.GaussianBlur(image, (0, 0), sigma))


def jpeg(quality: int) -> Perturbation:
    """Written and read again. At 48 pixels; a frame's blocks are smaller beside its face."""

    def spoil(image: NDArray[np.uint8]) -> cv2.typing.MatLike:
        written = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return np.asarray(cv2.imdecode(written, cv2.IMREAD_GRAYSCALE))

    return lambda images: _each(images, spoil)


def far(side: int) -> Perturbation:
    """Made of `side` pixels, and enlarged again."""

    def spoil(image: NDArray[np.uint8]) -> cv2.typing.MatLike:
        small = cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_LINEAR)

    return lambda images: _each(images, spoil)


def noise(sigma: float) -> Perturbation:
    """Independent normal noise, sigma in gray levels."""

    def spoil(images: Images) -> Images:
        drawn = np.random.default_rng(SEED).standard_normal(images.shape, dtype=np.float32)
        return _rounded(images + sigma * drawn)

    return spoil


def covered(rows: tuple[float, float]) -> Perturbation:
    """A gray bar over these rows, as shares of the height, from side to side."""

    def spoil(images: Images) -> Images:
        start, end = (round(share * images.shape[1]) for share in rows)
        hidden = images.copy()
        hidden[:, start:end] = GRAY
        return hidden

    return spoil


def _turned(angle: float) -> Perturbation:
    return lambda images: moved(images, angle=angle)


def _shifted(across: float, down: float) -> Perturbation:
    return lambda images: moved(images, across=across, down=down)


def _scaled(scale: float) -> Perturbation:
    return lambda images: moved(images, scale=scale)


PERTURBATIONS: Mapping[str, Perturbation] = {
    "gamma 0.4": gamma(0.4),
    "gamma 2.5": gamma(2.5),
    "light falling to 20 %, from the left": side_light(1, 0.2),
    "light falling to 20 %, from the right": side_light(0.2, 1),
    "light falling to 20 %, from above": side_light(1, 1, 1, 0.2),
    "underexposed, 40 % of the light": exposure(0.4),
    "underexposed, 15 % of the light": exposure(0.15),
    "15 % of the light, and noise, sigma 3": lambda images: noise(3)(exposure(0.15)(images)),
    "overexposed, 1.6 times the light": exposure(1.6),
    "overexposed, 2.5 times the light": exposure(2.5),
    "white balance, warm cast": colour_cast(*WARM),
    "white balance, cold cast": colour_cast(*COLD),
    "blur, sigma 0.75 px of 48": blur(0.75),
    "blur, sigma 1.5 px of 48": blur(1.5),
    "JPEG quality 30": jpeg(30),
    "24 px a side": far(24),
    "noise, sigma 10": noise(10),
    "noise, sigma 20": noise(20),
    "eyes covered": covered(EYES),
    "mouth covered": covered(MOUTH),
    "turned by 10 degrees": _turned(10),
    "turned by 20 degrees": _turned(20),
    "shifted by 2 px across": _shifted(2, 0),
    "shifted by 2 px down": _shifted(0, 2),
    "shifted by 3 px across and down": _shifted(3, 3),
    "10 % larger": _scaled(1.1),
    "10 % smaller": _scaled(1 / 1.1),
}


def _each(images: Images, change: OneImage) -> Images:
    return np.asarray([change(image) for image in images], dtype=np.uint8).reshape(images.shape)


def _rounded(values: NDArray[np.floating]) -> Images:
    return np.asarray(np.rint(values).clip(0, 255), dtype=np.uint8)
