"""The framing study on the sample face: what is pasted is found, and every way of cutting is asked about."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.contract import Contract
from inference.training.dataset import LabelledFaces
from inference.training.framing import find_pasted, framings, moved_crops, paste
from inference.training.intervals import Change
from inference.training.perturb import moved
from inference.training.served import Served

CONTRACT = Contract.read()


def test_a_pasted_face_lies_in_the_middle_of_a_camera_frame(faces: LabelledFaces) -> None:
    frame = paste(faces.images[0], cv2.BORDER_CONSTANT, side=192)
    assert frame.shape == (480, 640)
    assert (frame[:144] == 127).all()
    assert frame[240].min() < 100


@pytest.mark.parametrize("tilt", [-20.0, 20.0])
def test_a_face_pasted_with_a_tilt_is_found_with_it(faces: LabelledFaces, tilt: float) -> None:
    level, turned = (find_pasted(faces, CONTRACT, tilt=angle) for angle in (0.0, tilt))
    rolls = [after.roll - before.roll for before, after in zip(level.found, turned.found, strict=True)]
    assert rolls == pytest.approx([tilt] * len(faces), abs=10)


def test_cut_out_again_a_face_is_framed_much_as_it_was(faces: LabelledFaces) -> None:
    pasted = find_pasted(faces, CONTRACT)
    assert pasted.share == 1
    crops = pasted.crops(CONTRACT.framing)
    likeness = [
        np.corrcoef(crop.ravel(), image[2:46, 2:46].ravel())[0, 1]
        for crop, image in zip(crops, faces.images, strict=True)
    ]
    assert min(likeness) > 0.6


def test_each_number_of_the_framing_is_varied_alone() -> None:
    (_, chosen, _), *others = framings(CONTRACT.framing)
    assert chosen == CONTRACT.framing
    for name, varied, _ in others:
        if name.startswith("`"):
            field = name.split("`")[1]
            assert getattr(varied, field) == pytest.approx(float(name.split()[-1]))


def test_moving_a_crop_by_whole_pixels_moves_it(faces: LabelledFaces) -> None:
    assert (moved(faces.images, across=3)[:, :, 3:] == faces.images[:, :, :-3]).all()
    assert (moved(faces.images, down=-2)[:, :-2] == faces.images[:, 2:]).all()


def test_every_movement_is_asked_about(faces: LabelledFaces) -> None:
    answers = list(moved_crops(Served(CONTRACT), faces))
    assert {way for way, _, _ in answers} == {"across", "down", "scale", "angle"}
    assert all(len(answer.shares) == len(faces) for _, _, answer in answers)


def test_the_interval_of_a_change_holds_it_and_is_paired() -> None:
    before: NDArray[np.float64] = np.random.default_rng(0).normal(0, 100, 400)
    change = Change.between(before + 1, before)
    assert (change.low, change.high) == pytest.approx((1, 1))
    noisy = Change.between(before, np.zeros(400))
    assert noisy.low < noisy.mean < noisy.high
    assert noisy.high - noisy.low == pytest.approx(4 * 100 / 20, rel=0.2)
