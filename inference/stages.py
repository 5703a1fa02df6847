"""Put the pipeline's stages together. `Analyser.load` imports this late: it opens every heavy library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inference.contract import DETECTOR_FILE, Contract, TrackingRule
from inference.crops import Aligner
from inference.faces import Face, FaceFinder
from inference.frames import Gray, GrayFrame, Undecodable, read_frame
from inference.quality import QualityGate, Reason
from inference.runtimes import Network, Runtime, open_network
from inference.scoring import Scorer
from inference.shortcut import Shortcut


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame in which one face was detected that passed the gate."""

    frame: GrayFrame
    face: Face
    crop: Gray


@dataclass(frozen=True, slots=True)
class Stages:
    """What one frame passes through, in order. tracking: None where the detector shall see every frame."""

    finder: FaceFinder
    gate: QualityGate
    aligner: Aligner
    network: Network
    scorer: Scorer
    tracking: TrackingRule | None = None

    @classmethod
    def open(cls, contract: Contract, weights: Path, runtime: Runtime = Runtime.LITERT) -> Stages:
        """Load both models; their files are verified before."""
        return cls(
            finder=FaceFinder(weights / DETECTOR_FILE, contract.gate.detector_confidence),
            gate=QualityGate(contract.gate),
            aligner=Aligner(contract.framing),
            network=open_network(runtime, weights, contract),
            scorer=Scorer(contract.score, contract.expressions),
            # The shortcut asks the network about single snippets, which spoils a graphics card's large calls.
            tracking=contract.tracking if runtime is Runtime.LITERT else None,
        )

    def in_full(self) -> Stages:
        """The same, but the detector sees every frame: the reference for the shortcut."""
        return replace(self, tracking=None)

    def crops(self, frames: Sequence[bytes]) -> list[Gray | Reason]:
        """Each frame of one snippet, in order: its aligned face, or the reason why it is not measured."""
        if self.tracking is None:
            return [self.crop(jpeg) for jpeg in frames]
        return Shortcut(self, self.tracking).crops(frames)

    def crop(self, jpeg: bytes) -> Gray | Reason:
        """One frame, from its bytes to the aligned face, or the reason why it cannot be measured."""
        look = self.look(jpeg)
        return look if isinstance(look, Reason) else look.crop

    def look(self, jpeg: bytes) -> Shot | Reason:
        """The same by the detector's eyes, with the face that it found."""
        try:
            frame = read_frame(jpeg)
        except Undecodable:
            return Reason.UNDECODABLE
        faces = self.finder.find(frame.rgb)
        if reason := self.gate.against_faces(faces):
            return reason
        crop = self.judged_crop(gray := frame.gray(), faces[0])
        return crop if isinstance(crop, Reason) else Shot(gray, faces[0], crop)

    def judged_crop(self, frame: GrayFrame, face: Face) -> Gray | Reason:
        """Cut a face out, unless the gate refuses it."""
        if reason := self.gate.against_size(self.aligner.side(face) * frame.reduction):
            return reason
        crop = self.aligner.cut_sharply(frame, face)
        # The picture first: in a blurred one the key points, and so the pose, mean nothing.
        return self.gate.against_picture(crop) or self.gate.against_pose(face) or crop
