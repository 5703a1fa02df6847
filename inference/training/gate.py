"""What the quality gate sees on real and on spoiled faces: the figures behind its thresholds.

Validation faces are pasted into empty frames, spoiled, then found and judged as they are in service.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from inference.contract import DETECTOR_FILE, WEIGHTS_DIR, Contract
from inference.crops import Aligner
from inference.faces import Face, FaceFinder
from inference.frames import Gray
from inference.quality import QualityGate, pitch, sharpness, yaw
from inference.training.dataset import load_sheet
from inference.training.framing import PASTED_SIDE, paste

PERCENTILES = (1, 5, 25, 50, 75, 95, 99)
ENLARGED = PASTED_SIDE / 48


def _blurred(sigma: float) -> Callable[[Gray], Gray]:
    return lambda frame: np.asarray(cv2.GaussianBlur(frame, (0, 0), sigma * ENLARGED), dtype=np.uint8)


def _lit(gain: float, offset: float = 0) -> Callable[[Gray], Gray]:
    return lambda frame: np.asarray(cv2.convertScaleAbs(frame, alpha=gain, beta=offset), dtype=np.uint8)


SPOILED: Mapping[str, Callable[[Gray], Gray]] = {
    "as it is": _lit(1.0),
    "blur, sigma 0.75 of 48 px": _blurred(0.75),
    "blur, sigma 1.5": _blurred(1.5),
    "blur, sigma 2.5": _blurred(2.5),
    "light at 40 %": _lit(0.4),
    "light at 15 %": _lit(0.15),
    "overexposed": _lit(1.6, 80),
    "haze": _lit(0.08, 150),
}


class Judge:
    """The served detector, aligner and gate."""

    def __init__(self, contract: Contract) -> None:
        self._finder = FaceFinder(WEIGHTS_DIR / DETECTOR_FILE, contract.gate.detector_confidence)
        self._aligner, self._gate = Aligner(contract.framing), QualityGate(contract.gate)

    def look(self, frame: Gray) -> tuple[str, Mapping[str, float]]:
        """The verdict on a frame, and what was measured if one face was found."""
        faces = self._finder.find(np.asarray(cv2.cvtColor(frame, cv2.COLOR_GRAY2RGB), dtype=np.uint8))
        if reason := self._gate.against_faces(faces):
            return reason, {}
        face, crop = faces[0], self._aligner.cut(frame, faces[0])
        reason = self._gate.against_picture(crop) or self._gate.against_pose(face)
        return reason or "valid", _measured(face, crop)


def _measured(face: Face, crop: Gray) -> Mapping[str, float]:
    return {
        "confidence": face.confidence,
        "roll, degrees": face.roll,
        "yaw": yaw(face),
        "pitch": pitch(face),
        "mean": float(crop.mean()),
        "contrast": float(crop.std()),
        "sharpness": sharpness(crop, float(crop.std())),
    }


def tables(frames: list[Gray], judge: Judge) -> Iterator[str]:
    """Two Markdown tables: what good faces measure, and what becomes of spoiled ones."""
    looks = [judge.look(frame)[1] for frame in tqdm(frames, "faces")]
    yield "| measured | " + " | ".join(f"{percentile} %" for percentile in PERCENTILES) + " |"
    yield "|---" * (len(PERCENTILES) + 1) + "|"
    for name in next(look for look in looks if look):
        values = np.percentile([look[name] for look in looks if look], PERCENTILES)
        yield f"| {name} | " + " | ".join(f"{value:.3g}" for value in values) + " |"
    yield "\n| frames | valid | left out because |\n|---|---|---|"
    for name, spoil in SPOILED.items():
        verdicts = Counter(str(judge.look(spoil(frame))[0]) for frame in tqdm(frames, name))
        valid = verdicts.pop("valid", 0) / len(frames)
        others = ", ".join(f"{reason} {count / len(frames):.1%}" for reason, count in verdicts.most_common())
        yield f"| {name} | {valid:.1%} | {others} |"


def main() -> None:
    """Print both tables for the sheet folder given."""
    parser = argparse.ArgumentParser(prog="python -m inference.training.gate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the sheet folder")
    parser.add_argument("--every", type=int, default=4, help="use every n-th face (%(default)s)")
    arguments = parser.parse_args()
    images = load_sheet(arguments.data).clean_validation().with_majority().images[:: arguments.every]
    for line in tables([paste(image, cv2.BORDER_CONSTANT) for image in images], Judge(Contract.read())):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
