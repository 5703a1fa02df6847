"""Files that cost a decoder far more than they weigh are refused before memory or time is taken.

A worker reads what the web process let in, and the command line whatever somebody has: each must hold alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import cv2
import numpy as np
import pytest

from inference.frames import Undecodable, read_frame, read_gray

SIZE = (30_000, 30_000)
READS = """
import json, resource, sys
from inference.frames import Undecodable, read_frame
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_frame(sys.stdin.buffer.read())
    refused = False
except Undecodable:
    refused = True
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({"refused": refused, "grown_mb": grown / 1024}))
"""


def small(*, progressive: bool = False) -> bytes:
    flags = [cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive)]
    return cv2.imencode(".jpg", np.zeros((480, 640), np.uint8), flags)[1].tobytes()


def segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2) + content


def of_size(width: int, height: int) -> bytes:
    return segment(0xC0, b"\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x01\x01\x11\x00")


def huge() -> bytes:
    """900 million pixels in four kilobytes."""
    picture = small()
    at = picture.index(b"\xff\xc0")
    return picture[:at] + of_size(*SIZE) + picture[at + 13 :]


def hidden() -> bytes:
    """The same, with another size for who jumps by lengths; for the decoder that one is a comment."""
    picture = small()
    at = picture.index(b"\xff\xc0")
    for_us = segment(0xFE, of_size(640, 480))
    return picture[:at] + segment(0x00, of_size(*SIZE) + for_us[:4]) + for_us[4:] + picture[at + 13 :]


def many_scans(count: int) -> bytes:
    """A progressive picture whose last scan comes again and again."""
    picture = small(progressive=True)
    scan = picture[picture.rindex(b"\xff\xda") : -2]
    return picture[:-2] + scan * count + b"\xff\xd9"


def polyglot() -> bytes:
    return small() + b"PK\x03\x04" + b"<script>alert(1)</script>"


@pytest.mark.parametrize("bomb", [huge, hidden])
def test_a_huge_picture_is_refused_before_memory_is_taken(bomb: object) -> None:
    assert callable(bomb)
    done = subprocess.run([sys.executable, "-c", READS], input=bomb(), capture_output=True, check=True)
    said = json.loads(done.stdout)

    assert said["refused"]
    assert said["grown_mb"] < 20


def test_a_decoder_would_have_taken_the_hidden_one() -> None:
    """Or this file proves nothing: a smaller one of its kind decodes to the size that was hidden."""
    picture = small()
    at = picture.index(b"\xff\xc0")
    for_us = segment(0xFE, of_size(64, 64))
    trick = picture[:at] + segment(0x00, of_size(800, 600) + for_us[:4]) + for_us[4:] + picture[at + 13 :]

    decoded = cv2.imdecode(np.frombuffer(trick, np.uint8), cv2.IMREAD_GRAYSCALE)

    assert decoded is not None
    assert decoded.shape == (600, 800)
    with pytest.raises(Undecodable):
        read_frame(trick)


def test_a_picture_of_thousands_of_scans_is_refused_at_once() -> None:
    bomb = many_scans(40_000)
    assert len(bomb) < 512 * 1024
    begun = time.perf_counter()
    for read in (read_frame, read_gray):
        with pytest.raises(Undecodable):
            read(bomb)
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize("colours", [1, 3])
def test_an_honest_progressive_picture_is_read(colours: int) -> None:
    pixels = np.zeros((480, 640, colours), np.uint8)
    picture = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])[1].tobytes()

    assert read_frame(picture).rgb.shape == (240, 320, 3)


def test_what_stands_behind_a_picture_is_not_looked_at() -> None:
    assert np.array_equal(read_frame(polyglot()).rgb, read_frame(small()).rgb)


@pytest.mark.parametrize("suffix", ["png", "bmp", "webp", "tiff"])
def test_another_kind_of_picture_is_refused_whatever_a_decoder_could_read(suffix: str) -> None:
    with pytest.raises(Undecodable):
        read_frame(cv2.imencode(f".{suffix}", np.zeros((64, 64, 3), np.uint8))[1].tobytes())
