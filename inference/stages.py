"""Put the pipeline's stages together. `Analyser.load` imports this late: it opens every heavy library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inference.contract import DETECTOR_FILE, Contract
from inference.crops import Aligner
from inference.faces import Face, FaceFinder
from inference.frames import Frame, Gray, Undecodable, read_frame
from inference.quality import QualityGate, Reason
from inference.runtimes import Network, Runtime, open_network
from inference.scoring import Scorer


@dataclass(frozen=True, slots=True)
class Stages:
    """What one frame passes through, in order."""

    finder: FaceFinder
    gate: QualityGate
    aligner: Aligner
    network: Network
    scorer: Scorer

    @classmethod
    def open(cls, contract: Contract, weights: Path, runtime: Runtime = Runtime.LITERT) -> Stages:
        """Load both models; their files are verified before."""
        return cls(
            finder=FaceFinder(weights / DETECTOR_FILE, contract.gate.detector_confidence),
            gate=QualityGate(contract.gate),
            aligner=Aligner(contract.framing),
            network=open_network(runtime, weights, contract.temperature),
            scorer=Scorer(contract.score, contract.expressions),
        )

    def crops(self, frames: Sequence[bytes]) -> list[Gray | Reason]:
        """Each frame of one snippet, in order: its aligned face, or the reason why it is not measured."""
        return [self.crop(jpeg) for jpeg in frames]

    def crop(self, jpeg: bytes) -> Gray | Reason:
        """One frame, from its bytes to the aligned face, or the reason why it cannot be measured."""
        try:
            frame = read_frame(jpeg)
        except Undecodable:
            return Reason.UNDECODABLE
        faces = self.finder.find(frame.rgb)
        return self.gate.against_faces(faces) or self._judged_crop(frame, faces[0])

    def _judged_crop(self, frame: Frame, face: Face) -> Gray | Reason:
        if reason := self.gate.against_size(self.aligner.side(face) * frame.reduction):
            return reason
        crop = self.aligner.cut_sharply(frame, face)
        # The picture first: in a blurred one the key points, and so the pose, mean nothing.
        return self.gate.against_picture(crop) or self.gate.against_pose(face) or crop
