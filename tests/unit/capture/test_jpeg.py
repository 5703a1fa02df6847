"""Sizes are read from headers, and what is not a whole JPEG is refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.capture.jpeg import HeaderUnreadable, Size, size_of
from tests.unit.capture.pictures import jpeg


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
