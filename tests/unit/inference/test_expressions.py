"""The network that ships, run by LiteRT."""

from __future__ import annotations

import numpy as np
import pytest

from inference import Analyser
from inference.contract import EXPRESSIONS, NETWORK_FILE, WEIGHTS_DIR, Contract
from inference.expressions import ExpressionNet, head_sizes
from inference.frames import Gray
from inference.training.dataset import FER2013_LABELS


@pytest.fixture(scope="module")
def crops(analyser: Analyser, snippet: list[bytes]) -> list[Gray]:
    return [crop for crop in analyser.stages.crops(snippet) if not isinstance(crop, str)]


def test_it_has_a_head_for_the_expressions_and_one_for_fer2013s_labels() -> None:
    assert head_sizes(WEIGHTS_DIR / NETWORK_FILE) == {len(EXPRESSIONS), len(FER2013_LABELS)}


def test_a_face_and_its_mirror_image_are_answered_alike(analyser: Analyser, crops: list[Gray]) -> None:
    assert Contract.read().mirror
    mirrored = [crop[:, ::-1] for crop in crops]
    network = analyser.stages.network
    assert network.logits(crops) == pytest.approx(network.logits(mirrored), abs=1e-5)


def test_the_answer_is_the_mean_of_both_views(crops: list[Gray]) -> None:
    both, alone = (ExpressionNet(WEIGHTS_DIR / NETWORK_FILE, 1.0, mirror=mirror) for mirror in (True, False))
    mean = (alone.logits(crops) + alone.logits([crop[:, ::-1] for crop in crops])) / 2
    assert both.logits(crops) == pytest.approx(mean, abs=1e-5)
    assert np.abs(mean - alone.logits(crops)).max() > 1e-3


def test_no_crop_is_no_answer_and_no_error(analyser: Analyser) -> None:
    assert analyser.stages.network.shares([]).shape == (0, len(EXPRESSIONS))
