"""Read `contract.json`, the one place for labels, sizes, weights, thresholds and hashes. Opens no model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
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

    def with_closer_pose(self, share: float) -> GateThresholds:
        """The limits on the pose drawn in by that share of their range."""
        middle, keep = (self.lowest_pitch + self.highest_pitch) / 2, 1 - share
        return replace(
            self,
            largest_yaw=keep * self.largest_yaw,
            largest_roll=keep * self.largest_roll,
            lowest_pitch=middle + keep * (self.lowest_pitch - middle),
            highest_pitch=middle + keep * (self.highest_pitch - middle),
        )


@dataclass(frozen=True, slots=True)
class TrackingRule:
    """When a face may be followed between frames instead of detected anew (docs/model/speed.md).

    Shares are of the face's width; `largest_shift` to `largest_turn` compare what the detections before and
    after a frame say about it.
    """

    detect_every: int  # frames at most from one that the detector sees to the next
    largest_residual: float  # how far half of the followed points may stray from one common motion
    largest_shift: float
    largest_growth: float
    largest_turn: float  # degrees
    largest_score_error: float  # of a tracked face, where the detector's is known; three of six frames count
    pose_margin: float  # share of the pose's range near its limits where only the detector may judge


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
    mirror: bool  # the network's answer is the mean of those about the crop and about its mirror image
    temperature: float
    prior: Mapping[str, float]  # how the raters of the training faces shared out their votes
    gate: GateThresholds
    tracking: TrackingRule
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
            mirror=raw["mirror"],
            temperature=raw["temperature"],
            prior=raw["prior"],
            gate=GateThresholds(**raw["gate"]),
            tracking=TrackingRule(**raw["tracking"]),
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
