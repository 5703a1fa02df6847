"""How much the answer about a face changes when its picture is spoiled. The figures of the model card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from inference.training.calibration import divergence_from_votes
from inference.training.dataset import LabelledFaces
from inference.training.intervals import Change
from inference.training.perturb import PERTURBATIONS, Images
from inference.training.served import Answer, Floats, Served


@dataclass(frozen=True, slots=True)
class Effect:
    """One perturbation over all faces. Shares and scores are 0-1; drift is spoiled minus clean.

    left_out: the share that the gate's judgement of the picture refuses. `kept_flips` leaves those out.
    """

    name: str
    accuracy: float
    change: Change  # of the accuracy
    flips: float  # how often the top class is another one
    kept_flips: float | None  # None where it refuses all
    drift: float  # of the frame's score, mean
    drift_size: float  # mean of what is left without the sign
    drift_95: float  # 95th percentile of the same
    kl_to_votes: float | None  # None where the data hold no votes
    left_out: float

    @classmethod
    def of(cls, name: str, clean: Answer, spoiled: Answer, refused: Floats) -> Effect:
        """Compare two answers about the same faces. refused: (N,) 1 where the gate leaves the spoiled out."""
        drift = spoiled.scores - clean.scores
        flipped = np.asarray(spoiled.top != clean.top, dtype=np.float64)
        return cls(
            name=name,
            accuracy=float(spoiled.right.mean()),
            change=Change.between(spoiled.right, clean.right),
            flips=float(flipped.mean()),
            kept_flips=float(flipped[refused == 0].mean()) if (refused == 0).any() else None,
            drift=float(drift.mean()),
            drift_size=float(np.abs(drift).mean()),
            drift_95=float(np.quantile(np.abs(drift), 0.95)),
            kl_to_votes=divergence_from_votes(spoiled.shares, clean.faces.votes)
            if clean.faces.has_votes
            else None,
            left_out=float(refused.mean()),
        )


def effects(served: Served, faces: LabelledFaces) -> Iterator[Effect]:
    """The clean pictures compared with themselves, then every perturbation. faces: with a majority label."""
    clean = served.about(faces)
    yield Effect.of("as it is", clean, clean, refused(served, faces.images))
    for name, spoil in tqdm(PERTURBATIONS.items(), "perturb"):
        images = spoil(faces.images)
        yield Effect.of(name, clean, served.about(faces, served.middle(images)), refused(served, images))


def refused(served: Served, images: Images) -> Floats:
    """1 for each framed face whose picture the gate leaves out, else 0. Pose and detector play no part."""
    reasons = [served.gate.against_picture(np.ascontiguousarray(crop)) for crop in served.middle(images)]
    return np.array([reason is not None for reason in reasons], dtype=np.float64)
