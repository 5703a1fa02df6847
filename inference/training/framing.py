"""Find the framing at which served crops look like the training crops. The table behind `contract.json`.

FER2013's faces were cut out by another detector. Each validation face is pasted into an empty frame, found by
the served detector, and cut out again with different margins; the cheapest margin and height are the framing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.contract import DETECTOR_FILE, NETWORK_FILE, WEIGHTS_DIR, Contract, Framing
from inference.crops import Aligner
from inference.expressions import ExpressionNet
from inference.faces import Face, FaceFinder
from inference.frames import Gray
from inference.training.augment import plain_crop
from inference.training.dataset import LabelledFaces, load_sheet

ENLARGED = 4  # a 48-pixel face becomes 192 pixels of a 640x480 frame
MARGINS = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
HEIGHTS = (0.04, 0.07, 0.10, 0.13, 0.16)


def paste(image: NDArray[np.uint8], border: int) -> Gray:
    """A camera frame with one face in the middle: OpenCV's `border` says what surrounds it."""
    large = cv2.resize(image, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    down, across = (480 - large.shape[0]) // 2, (640 - large.shape[1]) // 2
    return np.asarray(
        cv2.copyMakeBorder(large, down, down, across, across, border, value=(127,)), dtype=np.uint8
    )


def found_faces(faces: LabelledFaces, finder: FaceFinder) -> Iterator[tuple[int, Gray, Face]]:
    """Row, frame and face, wherever the detector finds exactly one.

    It looks at a face on plain gray; the frame to cut from has edge pixels that run on instead.
    """
    for row, image in enumerate(tqdm(faces.images, "detect")):
        frame = paste(image, cv2.BORDER_CONSTANT)
        found = finder.find(np.asarray(cv2.cvtColor(frame, cv2.COLOR_GRAY2RGB), dtype=np.uint8))
        if len(found) == 1:
            yield row, paste(image, cv2.BORDER_REPLICATE), found[0]


class FramingTable:
    """Accuracy and cross-entropy of the served network over the same faces, framed in different ways."""

    def __init__(self, faces: LabelledFaces, contract: Contract) -> None:
        self._contract = contract
        self._network = ExpressionNet(WEIGHTS_DIR / NETWORK_FILE, contract.temperature)
        finder = FaceFinder(WEIGHTS_DIR / DETECTOR_FILE, contract.gate.detector_confidence)
        self._found = list(found_faces(faces, finder))
        self._kept = faces.where(np.isin(np.arange(len(faces)), [row for row, _, _ in self._found]))
        finder.close()

    def lines(self) -> Iterator[str]:
        """A Markdown table: the training crops as they are, then every margin and height."""
        size = self._contract.framing.input_size
        yield "| side / face width | centre below eyes | accuracy | cross-entropy |\n|---|---|---|---|"
        yield self._line("training crops", "", [crop[..., 0] for crop in plain_crop(self._kept.images, size)])
        for margin in MARGINS:
            for height in HEIGHTS:
                framing = replace(
                    self._contract.framing, side_per_face_width=margin, centre_below_eyes=height
                )
                yield self._line(f"{margin:.2f}", f"{height:.2f}", self._cut(framing))

    def _cut(self, framing: Framing) -> list[Gray]:
        return [Aligner(framing).cut(frame, face) for _, frame, face in self._found]

    def _line(self, margin: str, height: str, crops: list[Gray] | list[NDArray[np.float32]]) -> str:
        shares = self._network.shares(np.asarray(crops, dtype=np.float32))
        right = np.mean(shares.argmax(axis=1) == self._kept.majority)
        loss = -np.mean(np.sum(self._kept.votes * np.log(np.clip(shares, 1e-12, 1)), axis=1))
        return f"| {margin} | {height} | {right:.3f} | {loss:.3f} |"


def main() -> None:
    """Print the table for the sheet folder given."""
    parser = argparse.ArgumentParser(prog="python -m inference.training.framing", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the sheet folder")
    parser.add_argument("--every", type=int, default=1, help="use every n-th face")
    arguments = parser.parse_args()
    faces = load_sheet(arguments.data).clean_validation().with_majority()
    faces = faces.where(np.arange(len(faces)) % arguments.every == 0)
    for line in FramingTable(faces, Contract.read()).lines():
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
