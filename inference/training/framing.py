"""Where the served crops lie beside the training crops, and what that costs. The study behind `Framing`.

FER2013's faces were cut out by another detector. Each validation face is pasted into an empty frame, found by
the served detector and cut out again, in different ways; the network says how well each one suits it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.contract import DETECTOR_FILE, WEIGHTS_DIR, Contract, Framing
from inference.crops import Aligner
from inference.faces import Face, FaceFinder
from inference.frames import Gray
from inference.training.dataset import LabelledFaces
from inference.training.perturb import Images, moved
from inference.training.served import Answer, Served

CAMERA = (640, 480)  # pixels
PASTED_SIDE = 192  # pixels of the frame that a pasted face takes
OTHER_SIDES = (96, 144, 288)
TILTS = (10.0, 20.0, 30.0)

Reading: TypeAlias = Callable[[Face], Face]


def paste(image: NDArray[np.uint8], border: int, *, side: int = PASTED_SIDE, tilt: float = 0) -> Gray:
    """A camera frame with one face in the middle: OpenCV's `border` says what surrounds it.

    image: (48, 48). tilt: degrees by which the whole is turned, clockwise.
    """
    large = cv2.resize(image, (side, side), interpolation=cv2.INTER_CUBIC)
    across, down = ((length - side) // 2 for length in CAMERA)
    frame = cv2.copyMakeBorder(large, down, down, across, across, border, value=(127,))
    if tilt:
        turn = cv2.getRotationMatrix2D(((CAMERA[0] - 1) / 2, (CAMERA[1] - 1) / 2), -tilt, 1.0)
        frame = cv2.warpAffine(frame, turn, CAMERA, borderMode=border, borderValue=(127,))
    return np.asarray(frame, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class FoundFaces:
    """The faces of which the detector found exactly one in their frame, and how they were pasted."""

    faces: LabelledFaces
    found: tuple[Face, ...]
    rows: NDArray[np.bool_]  # of the faces looked for
    side: int
    tilt: float

    @property
    def share(self) -> float:
        """How many were found, of those looked for."""
        return float(np.mean(self.rows))

    def crops(self, framing: Framing, reading: Reading = lambda face: face) -> Images:
        """Cut all of them out. reading: which of the detector's points the framing starts from.

        The detector saw a face on plain gray; the frame to cut from has edge pixels that run on instead.
        """
        cut = Aligner(framing).cut
        frames = (
            paste(image, cv2.BORDER_REPLICATE, side=self.side, tilt=self.tilt) for image in self.faces.images
        )
        pairs = zip(frames, self.found, strict=True)
        return np.asarray([cut(frame, reading(face)) for frame, face in pairs], dtype=np.uint8)


def find_pasted(
    faces: LabelledFaces, contract: Contract, *, side: int = PASTED_SIDE, tilt: float = 0
) -> FoundFaces:
    """Paste each face and look for it with the served detector."""
    finder = FaceFinder(WEIGHTS_DIR / DETECTOR_FILE, contract.gate.detector_confidence)
    seen = [
        finder.find(in_colour(paste(image, cv2.BORDER_CONSTANT, side=side, tilt=tilt)))
        for image in tqdm(faces.images, f"detect at {side} px, tilt {tilt:.0f}")
    ]
    finder.close()
    rows = np.array([len(each) == 1 for each in seen], dtype=bool)
    return FoundFaces(faces.where(rows), tuple(each[0] for each in seen if len(each) == 1), rows, side, tilt)


def in_colour(gray: Gray) -> NDArray[np.uint8]:
    """The detector takes three channels only."""
    return np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def _from_eyes(face: Face) -> Face:
    return replace(face, centre=face.between_eyes)


def _by_eye_distance(face: Face) -> Face:
    return replace(face, width=2.4 * face.eye_distance)  # as wide as the box on average


def framings(framing: Framing) -> Iterator[tuple[str, Framing, Reading]]:
    """The framing in the contract, each of its numbers varied alone, and other points to start from."""

    def as_found(face: Face) -> Face:
        return face

    yield "as in the contract", framing, as_found
    varied: Mapping[str, Iterable[float]] = {
        "side_per_face_width": (1.0, 1.1, 1.3, 1.4),
        "centre_above_box": (0.03, 0.06, 0.12, 0.15),
        "levelled": (0.0, 0.5, 1.0),
    }
    for name, values in varied.items():
        for value in values:
            change: dict[str, Any] = {name: value}
            yield f"`{name}` {value:g}", replace(framing, **change), as_found
    yield "centre .10 below the eyes", replace(framing, centre_above_box=-0.10), _from_eyes
    yield "side by the distance of the eyes", framing, _by_eye_distance


MOVEMENTS: Mapping[str, tuple[float, ...]] = {
    "across": (-4, -2, 2, 4),  # pixels of 48
    "down": (-4, -2, 2, 4),
    "scale": (0.8, 0.9, 1.1, 1.2, 1.3),
    "angle": (-20, -10, 10, 20),  # degrees, against the clock
}


def moved_crops(served: Served, faces: LabelledFaces) -> Iterator[tuple[str, float, Answer]]:
    """Training crops moved in one way at a time: the way, how far, and what the network says."""
    for way, distances in MOVEMENTS.items():
        for far in distances:
            yield way, far, served.about(faces, served.middle(moved(faces.images, **{way: far})))
