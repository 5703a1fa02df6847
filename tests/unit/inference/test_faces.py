"""Geometry of faces and crops, on made-up faces whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.contract import Contract
from inference.crops import Aligner
from inference.faces import Face
from inference.quality import pitch, yaw

FRAMING = Contract.read().framing


def face_at(eyes: tuple[float, float], width: float, roll: float) -> Face:
    """A symmetric face: eyes 0.45 of its width apart, its nose, the box's centre, half way to the mouth."""
    turn = np.radians(roll)
    along, down = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    middle, reach = np.array(eyes), 0.45 * width
    return Face(
        left_eye=middle - along * reach / 2,
        right_eye=middle + along * reach / 2,
        nose=middle + down * reach / 2,
        mouth=middle + down * reach,
        centre=middle + down * reach / 2,
        width=width,
        confidence=0.9,
    )


def drawn(face: Face) -> NDArray[np.uint8]:
    frame = np.full((480, 640), 60, np.uint8)
    for point in (face.left_eye, face.right_eye, face.mouth):
        cv2.circle(frame, tuple(round(float(value)) for value in point), int(face.width / 14), 250, -1)
    return frame


def centre_of_light(part: NDArray[np.uint8]) -> tuple[float, float]:
    rows, columns = np.nonzero(part > 150)
    return float(columns.mean()), float(rows.mean())


@pytest.mark.parametrize("roll", [-30, 0, 20])
def test_a_face_towards_the_camera_has_no_yaw_and_middling_pitch_however_it_tilts(roll: float) -> None:
    face = face_at((320, 200), 160, roll)
    assert face.roll == pytest.approx(roll)
    assert yaw(face) == pytest.approx(0, abs=1e-9)
    assert pitch(face) == pytest.approx(0.5)


@pytest.mark.parametrize("width", [60, 160, 330])
@pytest.mark.parametrize("roll", [-25, 0, 25])
def test_levelled_eyes_land_at_the_same_place_whatever_size_and_tilt(width: float, roll: float) -> None:
    face = face_at((320, 220), width, roll)
    crop = Aligner(replace(FRAMING, levelled=1.0)).cut(drawn(face), face)
    eyes = crop[: FRAMING.input_size // 2 + 2]
    rows, columns = np.nonzero(eyes > 150)
    middle = (FRAMING.input_size - 1) / 2
    above = 0.45 / 2 / FRAMING.side_per_face_width - FRAMING.centre_above_box
    expected_row = middle - above * FRAMING.framed_size
    assert rows.mean() == pytest.approx(expected_row, abs=0.8)
    assert columns.mean() == pytest.approx(middle, abs=0.8)
    half = 0.45 / FRAMING.side_per_face_width * FRAMING.framed_size / 2
    assert np.abs(columns - middle).mean() == pytest.approx(half, abs=0.8)


@pytest.mark.parametrize("roll", [-30, 0, 30])
def test_as_much_of_a_tilt_is_left_as_the_contract_says(roll: float) -> None:
    face = face_at((320, 220), 160, roll)
    crop = Aligner(FRAMING).cut(drawn(face), face)
    left, right = (centre_of_light(half) for half in np.hsplit(crop[: FRAMING.input_size // 2 + 2], 2))
    across = right[0] - left[0] + FRAMING.input_size / 2
    tilt = np.degrees(np.arctan2(right[1] - left[1], across))
    assert tilt == pytest.approx((1 - FRAMING.levelled) * roll, abs=2)


def test_a_fine_pattern_is_no_paler_in_the_crop_than_in_an_averaged_picture() -> None:
    """Averaged down to the crop's own pixels first, turning it would average a second time."""
    fine = 200 * np.random.default_rng(4).integers(0, 2, (480, 640), dtype=np.uint8)
    face = face_at((320.4, 220.3), 160, 0)
    step = FRAMING.side_per_face_width * 160 / FRAMING.framed_size
    averaged = cv2.resize(fine, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    assert Aligner(FRAMING).cut(fine, face).std() > 0.8 * averaged.std()


def test_a_face_at_the_edge_is_cut_out_with_its_border_repeated() -> None:
    face = face_at((4, 4), 100, 0)
    crop = Aligner(FRAMING).cut(np.full((480, 640), 77, np.uint8), face)
    assert (crop == 77).all()


def test_a_face_scaled_back_and_forth_is_the_same_face() -> None:
    face = face_at((100, 80), 60, 10)
    assert np.allclose(face.scaled(2).scaled(0.5).mouth, face.mouth)
    assert face.scaled(2).eye_distance == pytest.approx(2 * face.eye_distance)
