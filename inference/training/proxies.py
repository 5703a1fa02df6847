"""What can be measured on a gray face without knowing whose it is: light, detail, tone, pose, agreement.

Not measured, because gray pictures do not show it: skin colour (L* or hue). `tone` is how bright the cheeks
are stored: skin, lamp and exposure together. Neither age nor gender is in the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from inference.faces import Face
from inference.quality import Picture, pitch, yaw
from inference.training.dataset import LabelledFaces
from inference.training.framing import FoundFaces
from inference.training.perturb import Images, far
from inference.training.served import Floats

CHEEK_ROWS = (0.52, 0.68)  # as shares of a framed face's side
CHEEK_COLUMNS = ((0.18, 0.36), (0.64, 0.82))


@dataclass(frozen=True, slots=True)
class Proxy:
    """A number for every face (NaN: not known), and the edges between the bins it is put in."""

    values: Floats
    edges: tuple[float, ...]

    def bins(self) -> Mapping[str, NDArray[np.bool_]]:
        """The rows of each bin, lowest first, by the words that say what is in it."""
        bounds = (-np.inf, *self.edges, np.inf)
        found = {
            _words(low, high): (self.values >= low) & (self.values < high) for low, high in pairwise(bounds)
        }
        return found | ({"not known": np.isnan(self.values)} if np.isnan(self.values).any() else {})


def picture_proxies(faces: LabelledFaces) -> Mapping[str, Proxy]:
    """What the pictures and the votes themselves show; bins hold a quarter of the faces each."""
    pictures = faces.images
    agreeing = np.rint(10 * faces.votes.max(axis=1)).astype(np.float64)
    raters = {"raters who agree, of ten": Proxy(agreeing, (6, 8, 9, 10))} if faces.has_votes else {}
    return {
        "luminance, mean gray level": _quarters(_each_mean(pictures)),
        "contrast, standard deviation in gray levels": _quarters(pictures.std(axis=(1, 2))),
        "sharpness, as the gate measures it": _quarters(_sharpness(pictures)),
        "detail, share of contrast lost at 24 px a side": _quarters(detail(pictures)),
        "tone, median gray level of the cheeks": _quarters(cheeks(pictures)),
        **raters,
    }


def pose_proxies(pasted: FoundFaces) -> Mapping[str, Proxy]:
    """The head's pose by the served detector; "not known" where it found no face."""
    return {
        "yaw, size, in eye distances": Proxy(
            _of_found(pasted, lambda face: abs(yaw(face))), (0.1, 0.25, 0.5)
        ),
        "roll, size, in degrees": Proxy(_of_found(pasted, lambda face: abs(face.roll)), (5, 15, 30)),
        "pitch, the nose between eyes and mouth": Proxy(_of_found(pasted, pitch), (0.4, 0.5, 0.6)),
    }


def cheeks(images: Images) -> Floats:
    """Median gray level of two patches under the eyes, where a framed face has its cheeks. (N,)"""
    side = images.shape[1]
    rows = slice(*(round(share * side) for share in CHEEK_ROWS))
    columns = np.concatenate([np.arange(round(a * side), round(b * side)) for a, b in CHEEK_COLUMNS])
    return np.asarray(np.median(images[:, rows][:, :, columns], axis=(1, 2)), dtype=np.float64)


def detail(images: Images) -> Floats:
    """How much of the contrast goes when a face is made of 24 pixels: little where it held no more. (N,)"""
    lost = (images.astype(np.float64) - far(24)(images)).std(axis=(1, 2))
    return np.asarray(lost / np.maximum(images.std(axis=(1, 2)), 1.0), dtype=np.float64)


def _of_found(pasted: FoundFaces, measure: Callable[[Face], float]) -> Floats:
    values = np.full(len(pasted.rows), np.nan)
    values[pasted.rows] = [measure(face) for face in pasted.found]
    return values


def _sharpness(images: Images) -> Floats:
    return np.array([Picture.of(image).sharpness for image in images])


def _each_mean(images: Images) -> Floats:
    return np.asarray(images.mean(axis=(1, 2)), dtype=np.float64)


def _quarters(values: Floats) -> Proxy:
    return Proxy(values, tuple(float(edge) for edge in np.unique(np.quantile(values, [0.25, 0.5, 0.75]))))


def _words(low: float, high: float) -> str:
    if np.isinf(low) and np.isinf(high):
        return "all"
    if np.isinf(low):
        return f"under {high:.3g}"
    return f"{low:.3g} and over" if np.isinf(high) else f"{low:.3g} to under {high:.3g}"
