"""The gate's reasons, on crops and faces made for the purpose."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.contract import Contract
from inference.faces import Face
from inference.quality import Picture, QualityGate, Reason

LIMITS = Contract.read().gate
GATE = QualityGate(LIMITS)
FACE = Face(
    left_eye=np.array([80.0, 80]),
    right_eye=np.array([120.0, 80]),
    nose=np.array([100.0, 100]),
    mouth=np.array([100.0, 120]),
    centre=np.array([100.0, 100]),
    width=90,
    confidence=0.9,
)
STRIPES = np.tile(np.repeat(np.array([100, 160], np.uint8), 11), (44, 2))


def test_no_face_and_several_faces_are_told_apart() -> None:
    assert GATE.against_faces([]) is Reason.NO_FACE
    assert GATE.against_faces([FACE, FACE]) is Reason.SEVERAL_FACES
    assert GATE.against_faces([FACE]) is None


def test_a_large_face_towards_the_camera_passes() -> None:
    assert GATE.against_size(LIMITS.smallest_face) is None
    assert GATE.against_pose(FACE) is None


def test_a_face_made_of_too_few_pixels_does_not() -> None:
    assert GATE.against_size(LIMITS.smallest_face - 1) is Reason.FACE_TOO_SMALL


@pytest.mark.parametrize(
    ("nose", "mouth", "right_eye"),
    [
        ((100 + 40 * (LIMITS.largest_yaw + 0.1), 100), (100, 120), (120, 80)),
        ((100, 80 + 40 * (LIMITS.lowest_pitch - 0.1)), (100, 120), (120, 80)),
        ((100, 80 + 40 * (LIMITS.highest_pitch + 0.1)), (100, 120), (120, 80)),
        ((100, 100), (100, 120), (110, 120)),
    ],
    ids=["sideways", "up", "down", "tilted"],
)
def test_a_face_turned_away_is_named(
    nose: tuple[float, float], mouth: tuple[float, float], right_eye: tuple[float, float]
) -> None:
    turned = replace(FACE, nose=np.array(nose), mouth=np.array(mouth), right_eye=np.array(right_eye))
    assert GATE.against_pose(turned) is Reason.TURNED_AWAY


@pytest.mark.parametrize(
    ("crop", "reason"),
    [
        (STRIPES, None),
        (np.full((44, 44), 5, np.uint8), Reason.TOO_DARK),
        (np.full((44, 44), 250, np.uint8), Reason.TOO_BRIGHT),
        (np.full((44, 44), 128, np.uint8), Reason.LOW_CONTRAST),
        (np.tile(np.linspace(60, 200, 44).astype(np.uint8), (44, 1)), Reason.BLURRED),
        (np.random.default_rng(0).integers(100, 160, (44, 44)).astype(np.uint8), Reason.GRAINY),
    ],
    ids=["sharp", "dark", "bright", "flat", "blurred", "grainy"],
)
def test_light_and_focus_are_judged_on_the_crop(crop: NDArray[np.uint8], reason: Reason | None) -> None:
    assert GATE.against_picture(crop) is reason


def test_dim_light_is_not_taken_for_blur() -> None:
    dimmed = cv2.convertScaleAbs(STRIPES, alpha=0.5)
    assert Picture.of(np.asarray(dimmed, dtype=np.uint8)).sharpness == pytest.approx(
        Picture.of(STRIPES).sharpness, rel=0.05
    )


def test_a_picture_burnt_white_in_places_keeps_its_mean_and_contrast_and_is_still_too_bright() -> None:
    part = STRIPES.copy()
    part[: round(44 * (LIMITS.most_burnt + 0.05))] = 255
    assert GATE.against_picture(part) is Reason.TOO_BRIGHT
    part[round(44 * (LIMITS.most_burnt - 0.05)) :] = STRIPES[0]
    assert GATE.against_picture(part) is not Reason.TOO_BRIGHT
