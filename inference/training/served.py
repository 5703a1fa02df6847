"""Ask what ships about faces already cut out. Opens LiteRT, no detector."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inference.contract import NETWORK_FILE, WEIGHTS_DIR, Contract
from inference.expressions import Crops, ExpressionNet
from inference.quality import QualityGate
from inference.scoring import Scorer
from inference.training.dataset import LabelledFaces

Floats: TypeAlias = NDArray[np.float64]
Images: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network says about faces, beside what people saw. All arrays: one entry or row a face."""

    shares: Floats  # (N, expressions)
    scores: Floats
    faces: LabelledFaces

    @property
    def top(self) -> NDArray[np.int64]:
        """The most probable expression."""
        return np.asarray(self.shares.argmax(axis=1), dtype=np.int64)

    @property
    def right(self) -> Floats:
        """1 where the most probable expression is the majority's, else 0."""
        return np.asarray(self.top == self.faces.majority, dtype=np.float64)

    @property
    def cross_entropy(self) -> Floats:
        """From the raters' votes, in nats."""
        surprise: Floats = -np.log(np.clip(self.shares, 1e-12, 1.0))
        return np.asarray((self.faces.votes * surprise).sum(axis=1), dtype=np.float64)

    @property
    def confidence(self) -> Floats:
        """The largest probability."""
        return np.asarray(self.shares.max(axis=1), dtype=np.float64)

    def where(self, rows: NDArray[np.bool_]) -> Answer:
        """The answers for which `rows` is true."""
        return Answer(self.shares[rows], self.scores[rows], self.faces.where(rows))


class Served:
    """The network, the score and the gate of one contract."""

    def __init__(self, contract: Contract, weights: Path = WEIGHTS_DIR) -> None:
        self.contract = contract
        self.gate = QualityGate(contract.gate)
        self.scorer = Scorer(contract.score, contract.expressions)
        self._network = ExpressionNet(weights / NETWORK_FILE, contract.temperature, mirror=contract.mirror)

    def about(self, faces: LabelledFaces, crops: Crops | None = None) -> Answer:
        """crops: (N, size, size), other pictures of the same faces; without them, FER2013's own framing."""
        shares = self._network.shares(self.middle(faces.images) if crops is None else crops)
        return Answer(shares, self.scorer.frame_scores(shares), faces)

    def logits(self, faces: LabelledFaces) -> NDArray[np.float32]:
        """Before the temperature, (N, expressions)."""
        return self._network.logits(self.middle(faces.images))

    def middle(self, images: Images) -> Images:
        """What the network sees of framed faces: (N, 48, 48) to (N, size, size)."""
        size = self.contract.framing.input_size
        margin = (images.shape[1] - size) // 2
        return images[:, margin : margin + size, margin : margin + size]
