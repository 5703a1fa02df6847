"""Spoiling does what it says, and the figures about it are right where they can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inference.contract import EXPRESSIONS, Contract
from inference.training.dataset import LabelledFaces
from inference.training.perturb import (
    PERTURBATIONS,
    Images,
    colour_cast,
    covered,
    exposure,
    far,
    gamma,
    moved,
    noise,
    side_light,
)
from inference.training.robustness import Effect, effects, refused
from inference.training.served import Answer, Served

CONTRACT = Contract.read()


@pytest.fixture(scope="module")
def images() -> Images:
    return np.random.default_rng(3).integers(40, 200, (4, 48, 48)).astype(np.uint8)


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_a_spoiled_picture_has_its_shape_and_is_another_and_the_same_each_time(
    name: str, images: Images
) -> None:
    before = images.copy()
    once, again = PERTURBATIONS[name](images), PERTURBATIONS[name](images)
    assert once.shape == images.shape
    assert once.dtype == images.dtype
    assert (once != images).any()
    assert (once == again).all()
    assert (images == before).all()


def test_light_changes_as_it_says() -> None:
    gray = np.full((1, 48, 48), 100, np.uint8)
    assert (exposure(1.6)(gray) == 160).all()
    assert (exposure(3.0)(gray) == 255).all()
    assert (gamma(2.5)(gray) == round(255 * (100 / 255) ** 2.5)).all()
    lit = side_light(1, 0.2)(gray)
    assert (lit[0, 0, 0], lit[0, 0, -1]) == (100, 20)


def test_a_colour_cast_on_gray_is_a_gain_by_the_weights_of_the_channels() -> None:
    gray = np.full((1, 48, 48), 200, np.uint8)
    expected = 200 * (0.299 * 1.0 + 0.587 * 0.75 + 0.114 * 0.45)
    assert colour_cast(1.0, 0.75, 0.45)(gray).mean() == pytest.approx(expected, abs=1)


def test_noise_has_the_deviation_it_names() -> None:
    gray = np.full((20, 48, 48), 127, np.uint8)
    assert noise(10)(gray).std() == pytest.approx(10, rel=0.02)


def test_a_bar_hides_its_rows_and_no_others(images: Images) -> None:
    hidden = covered((0.25, 0.5))(images)
    assert (hidden[:, 12:24] == 127).all()
    assert (np.delete(hidden, range(12, 24), 1) == np.delete(images, range(12, 24), 1)).all()


def test_a_face_made_of_fewer_pixels_holds_no_finer_detail() -> None:
    checkers = np.indices((48, 48)).sum(axis=0) % 2 * np.uint8(255)
    assert far(24)(checkers[None].astype(np.uint8)).std() < 3


def test_turning_there_and_back_leaves_the_middle_much_as_it_was() -> None:
    slope = np.tile(np.linspace(20, 220, 48).astype(np.uint8), (1, 48, 1))
    back = moved(moved(slope, angle=10), angle=-10)
    assert np.abs(back[:, 12:36, 12:36].astype(int) - slope[:, 12:36, 12:36]).max() <= 4


def answer(top: list[int], scores: list[float], majority: list[int]) -> Answer:
    shares = np.eye(len(EXPRESSIONS))[top] * 0.9 + 0.0125
    votes = np.eye(len(EXPRESSIONS), dtype=np.float32)[majority]
    faces = LabelledFaces(np.zeros((len(top), 48, 48), np.uint8), votes, np.array(majority))
    return Answer(shares, np.array(scores), faces)


def test_flips_drift_and_change_are_the_textbook_ones() -> None:
    clean = answer([0, 1, 2, 3], [0.3, 0.1, 0.5, 0.8], [0, 1, 2, 4])
    spoiled = answer([0, 2, 2, 4], [0.4, 0.3, 0.4, 0.8], [0, 1, 2, 4])
    effect = Effect.of("x", clean, spoiled, np.array([0.0, 1, 0, 0]))
    assert (effect.accuracy, effect.flips, effect.left_out) == (0.75, 0.5, 0.25)
    assert effect.change.mean == 0
    assert effect.kept_flips == pytest.approx(1 / 3)
    assert (effect.drift, effect.drift_size) == pytest.approx((0.05, 0.1))
    assert effect.kl_to_votes == pytest.approx(-np.mean(np.log([0.9125, 0.0125, 0.9125, 0.9125])))


def test_without_votes_there_is_no_divergence_from_them_and_with_nothing_kept_no_flips() -> None:
    clean = answer([0], [0.3], [0])
    clean = replace(clean, faces=replace(clean.faces, has_votes=False))
    effect = Effect.of("x", clean, clean, np.ones(1))
    assert (effect.kl_to_votes, effect.kept_flips) == (None, None)


def test_every_perturbation_is_asked_about_and_the_first_line_is_the_picture_itself(
    faces: LabelledFaces,
) -> None:
    first, *others = effects(Served(CONTRACT), faces)
    assert (first.flips, first.drift_size, first.change.low, first.change.high) == (0, 0, 0, 0)
    assert [effect.name for effect in others] == list(PERTURBATIONS)


def test_the_gate_refuses_by_the_middle_that_the_network_would_see() -> None:
    served = Served(CONTRACT)
    pictures = np.tile(np.repeat(np.array([100, 160], np.uint8), 12), (2, 48, 2))
    pictures[1, 2:46, 2:46] = 127
    assert refused(served, pictures).tolist() == [0, 1]
