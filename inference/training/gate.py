"""Which pictures the gate should leave out, and which it does: the study behind its thresholds.

A picture should be left out when spoiling it changed the top class, or moved the frame's score by more than
`HARM`, against the same face unspoiled. Which spoiling is how common is not known: all count alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.contract import GateThresholds
from inference.quality import Picture
from inference.training.dataset import LabelledFaces
from inference.training.perturb import PERTURBATIONS, Images
from inference.training.served import Floats, Served

Flags: TypeAlias = NDArray[np.bool_]

HARM = 0.1
KEPT_AT_LEAST = 0.95  # of the pictures that no harm was done to
# Values looked at for each limit; the first one never leaves anything out.
TRIED: Mapping[str, tuple[float, ...]] = {
    "least_sharpness": (0.0, 0.03, 0.04, 0.06, 0.1),
    "greatest_sharpness": (99.0, 4.0, 3.5, 3.0, 2.5, 2.0),
    "darkest_mean": (0.0, 8.0, 16.0, 25.0),
    "most_burnt": (1.0, 0.7, 0.6, 0.5, 0.4, 0.3),
    "least_contrast": (0.0, 3.0, 8.0),
}
BY_HAND: Mapping[str, float] = {"least_sharpness": 0.06, "darkest_mean": 25.0, "least_contrast": 8.0}
BRIGHTEST_BY_HAND = 225.0  # the mean gray level that the first gate took for too bright


@dataclass(frozen=True, slots=True)
class Spoiled:
    """Every face as it is and in every spoiled form. All arrays: (forms, N), the unspoiled form first."""

    forms: tuple[str, ...]
    measures: Mapping[str, Floats]  # what `Picture` holds
    harmed: Flags

    @classmethod
    def of(cls, served: Served, faces: LabelledFaces) -> Spoiled:
        """Ask the network about all of them."""
        clean = served.about(faces)
        measures, harmed = [_measures(served.middle(faces.images))], [np.zeros(len(faces), dtype=bool)]
        for spoil in tqdm(PERTURBATIONS.values(), "spoil"):
            crops = served.middle(spoil(faces.images))
            answer = served.about(faces, crops)
            measures.append(_measures(crops))
            harmed.append((answer.top != clean.top) | (np.abs(answer.scores - clean.scores) > HARM))
        together = {name: np.stack([each[name] for each in measures]) for name in Picture.__slots__}
        return cls(("as it is", *PERTURBATIONS), together, np.stack(harmed))

    def where(self, rows: Flags) -> Spoiled:
        """The faces for which `rows` is true, in all forms."""
        return replace(
            self,
            measures={name: values[:, rows] for name, values in self.measures.items()},
            harmed=self.harmed[:, rows],
        )

    def refused(self, limits: GateThresholds) -> Flags:
        """What a gate with these limits leaves out; the same judgement as `QualityGate.against_picture`."""
        seen = self.measures
        return np.asarray(
            (seen["mean"] < limits.darkest_mean)
            | (seen["burnt"] > limits.most_burnt)
            | (seen["contrast"] < limits.least_contrast)
            | (seen["sharpness"] < limits.least_sharpness)
            | (seen["sharpness"] > limits.greatest_sharpness),
            dtype=bool,
        )

    def refused_by_hand(self, limits: GateThresholds) -> Flags:
        """What the first gate left out, whose limits were chosen by hand."""
        brightest = self.measures["mean"] > BRIGHTEST_BY_HAND
        return np.asarray(self.refused(lenient(limits, **BY_HAND)) | brightest, dtype=bool)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well a gate does. All are shares.

    clean_kept: of the faces as they are. good_kept: of all pictures that no harm was done to. caught: of the
    harmed, left out. rightly: of the left out, harmed.
    """

    clean_kept: float
    good_kept: float
    caught: float
    rightly: float

    @classmethod
    def on(cls, spoiled: Spoiled, refused: Flags) -> Verdict:
        """refused: (forms, N)."""
        harmed = spoiled.harmed
        return cls(
            clean_kept=1 - float(refused[0].mean()),
            good_kept=1 - float(refused[~harmed].mean()),
            caught=float(refused[harmed].mean()) if harmed.any() else 0.0,
            rightly=float(harmed[refused].mean()) if refused.any() else 1.0,
        )


def lenient(limits: GateThresholds, **chosen: float) -> GateThresholds:
    """The limits with all of the picture's lifted but the chosen ones."""
    lifted: dict[str, Any] = {name: values[0] for name, values in TRIED.items()}
    return replace(limits, **(lifted | chosen))


def curve(spoiled: Spoiled, limits: GateThresholds, name: str) -> Iterator[tuple[float, Verdict]]:
    """One limit alone, at every value tried."""
    for value in TRIED[name][1:]:
        yield value, Verdict.on(spoiled, spoiled.refused(lenient(limits, **{name: value})))


def best(spoiled: Spoiled, limits: GateThresholds) -> GateThresholds:
    """The limits that leave out most of the harmed while they keep `KEPT_AT_LEAST` of the rest."""
    candidates = (
        lenient(limits, **dict(zip(TRIED, values, strict=True))) for values in product(*TRIED.values())
    )
    judged = ((each, Verdict.on(spoiled, spoiled.refused(each))) for each in candidates)
    good = [(verdict.caught, each) for each, verdict in judged if verdict.good_kept >= KEPT_AT_LEAST]
    return max(good, key=lambda pair: pair[0])[1]


def _measures(crops: Images) -> Mapping[str, Floats]:
    seen = [Picture.of(np.ascontiguousarray(crop)) for crop in crops]
    return {name: np.array([getattr(each, name) for each in seen]) for name in Picture.__slots__}
