"""Everything that `evaluate` prints about the network that ships, on faces given to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from inference.contract import NETWORK_FILE, Contract
from inference.expressions import ExpressionNet, head_sizes
from inference.training.dataset import FER2013_LABELS, NO_LABEL, LabelledFaces
from inference.training.evaluate import answers, fer2013_report
from inference.training.proxies import Proxy, picture_proxies, pose_proxies
from inference.training.robustness import effects
from inference.training.served import Served
from inference.training.slices import slices, threshold


class Judge:
    """The network of one contract and one weights folder, and the faces to judge it on."""

    def __init__(self, faces: LabelledFaces, contract: Contract, weights: Path) -> None:
        self._faces, self._decided = faces, faces.with_majority()
        self._contract, self._model = contract, weights / NETWORK_FILE
        self._served = Served(contract, weights)

    def report(self, prior_correction: float = 0.0) -> dict[str, Any]:
        """Accuracy and calibration, and the same of the second head where there is one to compare with."""
        network = ExpressionNet(self._model, self._contract.temperature, mirror=self._contract.mirror)
        found = answers(self._decided, network.logits, self._contract, prior_correction=prior_correction)
        report = found.report()
        known = self._faces.where(self._faces.originals != NO_LABEL)
        if len(FER2013_LABELS) not in head_sizes(self._model) or not len(known):
            return report
        second = ExpressionNet(self._model, 1.0, mirror=self._contract.mirror, classes=len(FER2013_LABELS))
        logits = second.logits(self._served.middle(known.images))
        return report | {"fer2013_head": fer2013_report(logits, known.originals)}

    def perturbations(self) -> list[dict[str, Any]]:
        """What spoiling the pictures does, one entry a perturbation (`Effect` explains the figures)."""
        return [asdict(effect) for effect in effects(self._served, self._decided)]

    def slices(self) -> dict[str, Any]:
        """How the network does on faces of each kind (`Slice` explains the figures)."""
        answer = self._served.about(self._decided)
        found = slices(self._served, answer, proxies_of(self._decided, self._contract))
        return {
            "false_stress_over": threshold(self._served, answer),
            "slices": [asdict(each) for each in found],
        }


def proxies_of(faces: LabelledFaces, contract: Contract) -> Mapping[str, Proxy]:
    """All that can be measured on them; opens the detector."""
    from inference.training.framing import find_pasted  # MediaPipe, and only here

    return {**picture_proxies(faces), **pose_proxies(find_pasted(faces, contract))}
