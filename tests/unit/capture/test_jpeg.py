"""Sizes are read from headers, and what is not a whole JPEG is refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.capture.jpeg import SCANS_MAX, HeaderUnreadable, Size, size_of
from tests.unit.capture.pictures import hidden_size, jpeg, segment


@given(st.integers(1, 65535), st.integers(1, 65535), st.sampled_from([0xC0, 0xC1, 0xC2]))
def test_the_size_is_read_whatever_the_kind(width: int, height: int, kind: int) -> None:
    assert size_of(jpeg(width, height, kind=kind)) == Size(width, height)


@given(st.binary(max_size=400))
def test_no_bytes_make_it_stumble(noise: bytes) -> None:
    with pytest.raises(HeaderUnreadable):
        size_of(noise)


@given(st.integers(2, 40))
def test_a_picture_cut_short_is_refused(missing: int) -> None:
    with pytest.raises(HeaderUnreadable):
        size_of(jpeg()[:-missing])


@given(st.binary(max_size=60))
def test_noise_between_start_and_end_is_read_or_refused_but_never_runs_away(noise: bytes) -> None:
    with contextlib.suppress(HeaderUnreadable):
        size_of(b"\xff\xd8\xff" + noise + b"\xff\xd9")


def test_a_kind_that_cameras_do_not_make_is_refused() -> None:
    with pytest.raises(HeaderUnreadable):
        size_of(jpeg(kind=0xC9))


@pytest.mark.parametrize("marker", [0x00, 0x01, 0x02, 0xBF, 0xC8, 0xCC, 0xD0, 0xD8, 0xD9, 0xDC, 0xF0, 0xFD])
def test_nothing_but_segments_that_all_readers_know_may_come_before_the_size(marker: int) -> None:
    with pytest.raises(HeaderUnreadable):
        size_of(jpeg(first=hidden_size(30_000, 30_000, marker=marker)))


def test_a_size_inside_of_a_comment_or_an_application_s_own_segment_is_no_size() -> None:
    thumbnail = segment(0xE1, b"Exif\x00\x00" + jpeg(160, 120)) + segment(0xFE, jpeg(30_000, 30_000))
    assert size_of(jpeg(first=thumbnail)) == Size(640, 480)


@pytest.mark.parametrize("length", [b"\x00\x00", b"\x00\x01"])
def test_a_segment_without_a_length_is_refused(length: bytes) -> None:
    with pytest.raises(HeaderUnreadable):
        size_of(jpeg(first=b"\xff\xe1" + length))


def test_a_picture_of_more_layers_than_any_camera_makes_is_refused() -> None:
    assert size_of(jpeg(kind=0xC2, scans=SCANS_MAX)) == Size(640, 480)
    with pytest.raises(HeaderUnreadable):
        size_of(jpeg(kind=0xC2, scans=SCANS_MAX + 1))
