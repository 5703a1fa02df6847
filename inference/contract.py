"""Read `contract.json`, the one place for labels, sizes, weights, thresholds and hashes. Opens no model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference.errors import ModelFileChanged, ModelFileMissing

CONTRACT_FILE = Path(__file__).with_name("contract.json")
WEIGHTS_DIR = Path(__file__).with_name("weights")
DETECTOR_FILE = "face_detection_short_range.tflite"
NETWORK_FILE = "expressions.tflite"
KERAS_FILE = "expressions.keras"


@dataclass(frozen=True, slots=True)
class Framing:
    """How a face is cut out: as FER2013's faces were, measured with this detector (docs/model/framing.md)."""

    framed_size: int  # pixels of FER2013's own crops
    input_size: int  # pixels of the middle part that the network sees
    side_per_face_width: float  # of the square cut out, to the width of the detector's box
    centre_above_box: float  # how far its centre lies over the box's, as a share of the side
    levelled: float  # share of the eyes' tilt that is taken out


@dataclass(frozen=True, slots=True)
class GateThresholds:
    """When a frame is not measured. Gray levels are 0-255; ratios are explained in `quality.py`."""

    detector_confidence: float
    smallest_face: float
    largest_yaw: float
    largest_roll: float
    lowest_pitch: float
    highest_pitch: float
    least_sharpness: float
    greatest_sharpness: float
    darkest_mean: float
    most_burnt: float
    least_contrast: float


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """How expressions become one number, and how sure it is. A documented heuristic, not a finding."""

    version: str
    weights: Mapping[str, float]
    trimmed_share: float
    least_valid_frames: int
    least_spread: float  # standard deviation of a frame's score that no snippet is believed to be under


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything that must agree between training, serving and the browser."""

    model_version: str
    expressions: tuple[str, ...]
    framing: Framing
    temperature: float
    gate: GateThresholds
    score: ScoreRule
    files: Mapping[str, str]  # name in the weights folder -> sha256

    @classmethod
    def read(cls, path: Path = CONTRACT_FILE) -> Contract:
        """Parse the file; an unknown or missing entry is a TypeError or KeyError, never a guess."""
        raw: dict[str, Any] = json.loads(path.read_text())
        return cls(
            model_version=raw["model_version"],
            expressions=tuple(raw["expressions"]),
            framing=Framing(**raw["framing"]),
            temperature=raw["temperature"],
            gate=GateThresholds(**raw["gate"]),
            score=ScoreRule(**raw["score"]),
            files=raw["files"],
        )

    def verify(self, folder: Path) -> None:
        """Compare every file with its hash. Raises ModelFileMissing or ModelFileChanged, naming the file."""
        for name, expected in self.files.items():
            if not (folder / name).is_file():
                raise ModelFileMissing(f"{name} is not in the weights folder")
            if sha256_of(folder / name) != expected:
                raise ModelFileChanged(f"{name} is not the file that contract.json was written for")


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


EXPRESSIONS = Contract.read().expressions
