"""The study behind the gate's thresholds: it judges as the gate does, and counts as it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inference.contract import Contract
from inference.quality import Picture
from inference.training.dataset import LabelledFaces
from inference.training.gate import KEPT_AT_LEAST, TRIED, Spoiled, Verdict, best, curve, lenient
from inference.training.perturb import PERTURBATIONS
from inference.training.robustness import refused
from inference.training.served import Served

CONTRACT = Contract.read()
LIMITS = CONTRACT.gate


@pytest.fixture(scope="module")
def made_up() -> Spoiled:
    """Two hundred faces and one spoiled form of each, of which the least sharp were harmed."""
    sharpness = np.stack([np.full(200, 0.8), np.linspace(0.0, 0.1, 200)])
    others = {name: np.full((2, 200), 100.0) for name in Picture.__slots__} | {"burnt": np.zeros((2, 200))}
    harmed = np.stack([np.zeros(200, dtype=bool), sharpness[1] < 0.04])
    return Spoiled(("as it is", "blurred"), others | {"sharpness": sharpness}, harmed)


def test_the_study_refuses_what_the_gate_refuses(faces: LabelledFaces) -> None:
    served = Served(CONTRACT)
    study = Spoiled.of(served, faces).refused(LIMITS)
    gate = [
        refused(served, images)
        for images in (faces.images, *(p(faces.images) for p in PERTURBATIONS.values()))
    ]
    assert study.tolist() == (np.stack(gate) == 1).tolist()
    assert not study[0].any()


def test_a_face_is_not_harmed_by_being_left_as_it_is(faces: LabelledFaces) -> None:
    spoiled = Spoiled.of(Served(CONTRACT), faces)
    assert spoiled.forms == ("as it is", *PERTURBATIONS)
    assert not spoiled.harmed[0].any()
    assert spoiled.harmed.any()


def test_a_verdict_counts_what_was_kept_and_what_was_caught(made_up: Spoiled) -> None:
    verdict = Verdict.on(made_up, made_up.refused(lenient(LIMITS, least_sharpness=0.03)))
    assert (verdict.clean_kept, verdict.good_kept, verdict.rightly) == (1, 1, 1)
    assert verdict.caught == pytest.approx(0.75, abs=0.02)


def test_lifted_limits_refuse_nothing(made_up: Spoiled) -> None:
    assert not made_up.refused(lenient(LIMITS)).any()
    assert Verdict.on(made_up, made_up.refused(lenient(LIMITS))).rightly == 1


def test_the_best_limits_catch_most_without_losing_more_good_pictures_than_allowed(made_up: Spoiled) -> None:
    chosen = best(made_up, LIMITS)
    verdict = Verdict.on(made_up, made_up.refused(chosen))
    assert chosen.least_sharpness == 0.04
    assert (verdict.caught, verdict.good_kept >= KEPT_AT_LEAST) == (1, True)


@pytest.mark.parametrize("name", TRIED)
def test_a_stricter_limit_never_keeps_more(made_up: Spoiled, name: str) -> None:
    kept = [verdict.good_kept for _, verdict in curve(made_up, LIMITS, name)]
    assert kept == sorted(kept, reverse=True)


def test_the_limits_in_the_contract_were_among_those_tried() -> None:
    assert all(getattr(LIMITS, name) in values for name, values in TRIED.items())


def test_half_of_the_faces_keep_all_their_forms(made_up: Spoiled) -> None:
    half = made_up.where(np.arange(200) % 2 == 0)
    assert half.harmed.shape == (2, 100)
    assert replace(half, forms=()).measures["mean"].shape == (2, 100)
