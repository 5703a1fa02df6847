"""Reading JPEG bytes: sizes from the header first, never a bomb."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.frames import Undecodable, jpeg_size, read_frame


def jpeg_of(width: int, height: int) -> bytes:
    return cv2.imencode(".jpg", np.zeros((height, width, 3), np.uint8))[1].tobytes()


def claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header says that it is another size."""
    small = bytearray(jpeg_of(16, 16))
    at = small.index(b"\xff\xc0") + 5
    small[at : at + 4] = height.to_bytes(2) + width.to_bytes(2)
    return bytes(small)


def test_the_size_is_read_from_the_header() -> None:
    assert jpeg_size(jpeg_of(640, 480)) == (640, 480)


@pytest.mark.parametrize(("width", "height"), [(65535, 65535), (4097, 16), (16, 4097), (0, 16), (16, 0)])
def test_a_picture_that_claims_to_be_huge_or_empty_is_refused_before_decoding(
    width: int, height: int
) -> None:
    with pytest.raises(Undecodable):
        read_frame(claiming(width, height))


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(
    noise: bytes, starts_like_a_jpeg: bool
) -> None:
    try:
        read_frame(b"\xff\xd8\xff" + noise if starts_like_a_jpeg else noise)
    except Undecodable:
        return


@given(st.integers(0, 600))
def test_a_jpeg_cut_short_anywhere_is_read_or_refused(length: int) -> None:
    try:
        read_frame(jpeg_of(64, 48)[:length])
    except Undecodable:
        return


@pytest.mark.parametrize(
    ("width", "height", "reduction"), [(320, 240, 1), (640, 480, 2), (480, 640, 2), (1280, 720, 4)]
)
def test_frames_are_reduced_as_far_as_a_face_can_still_be_found(
    width: int, height: int, reduction: int
) -> None:
    frame = read_frame(jpeg_of(width, height))
    assert frame.reduction == pytest.approx(reduction)
    assert frame.rgb.shape == (height // reduction, width // reduction, 3)


@pytest.mark.parametrize("size", [(320, 240), (640, 480)])
def test_colours_come_in_the_order_red_green_blue(size: tuple[int, int]) -> None:
    red_in_opencv_order = np.zeros((size[1], size[0], 3), np.uint8)
    red_in_opencv_order[..., 2] = 255
    rgb = read_frame(cv2.imencode(".jpg", red_in_opencv_order)[1].tobytes()).rgb
    assert rgb[..., 0].mean() > 200
    assert rgb[..., 2].mean() < 50


def test_the_full_picture_stays_within_reach() -> None:
    assert read_frame(jpeg_of(640, 480)).gray().full().shape == (480, 640)
