"""Following a face: where the answer is known by construction, tracking finds it or is seen to fail."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference import Analyser
from inference.contract import Contract
from inference.faces import Face
from inference.frames import read_gray
from inference.shortcut import detected
from inference.tracking import Patch, Trace, agree, between, follow
from tests.unit.inference.snippets import as_jpeg

RULE = Contract.read().tracking
Bgr = NDArray[np.uint8]


@pytest.fixture(scope="module")
def face(analyser: Analyser) -> Face:
    """The sample's, in the picture at half size."""
    from inference.bench import SAMPLE
    from inference.frames import read_frame

    (found,) = analyser.stages.finder.find(read_frame(SAMPLE.read_bytes()).rgb)
    return found


def moved(
    picture: Bgr, *, turn: float, scale: float, shift: tuple[float, float]
) -> tuple[Bgr, NDArray[np.float64]]:
    """The picture moved, and the matrix by which, both at full size."""
    matrix = np.asarray(cv2.getRotationMatrix2D((320, 240), turn, scale), dtype=np.float64)
    matrix[:, 2] += np.array(shift)
    return np.asarray(cv2.warpAffine(picture, matrix, (640, 480)), dtype=np.uint8), matrix


@pytest.mark.parametrize(
    ("turn", "scale", "shift"),
    [(0, 1, (0, 0)), (0, 1, (9, -5)), (4, 1, (0, 0)), (0, 1.06, (0, 0)), (-3, 0.96, (6, 4))],
    ids=["still", "shifted", "turned", "nearer", "all at once"],
)
def test_a_moved_face_is_found_where_it_was_moved_to(
    picture: Bgr, face: Face, turn: float, scale: float, shift: tuple[float, float]
) -> None:
    later, matrix = moved(picture, turn=turn, scale=scale, shift=shift)
    patches = [Patch.cut(read_gray(as_jpeg(frame)).pixels, face) for frame in (picture, later)]
    (trace,) = follow([(patches[0], patches[1])])
    expected = (matrix[:, :2] @ (2 * face.between_eyes) + matrix[:, 2]) / 2
    assert trace.face.between_eyes == pytest.approx(expected, abs=0.02 * face.width)
    assert trace.face.width == pytest.approx(scale * face.width, rel=0.02)
    assert trace.face.roll == pytest.approx(face.roll - turn, abs=1)
    assert trace.residual <= RULE.largest_residual


def test_many_faces_followed_at_once_are_followed_as_alone(picture: Bgr, face: Face) -> None:
    patches = [
        Patch.cut(read_gray(as_jpeg(moved(picture, turn=0, scale=1, shift=(step, 0))[0])).pixels, face)
        for step in (0, 4, 8)
    ]
    pairs = [(patches[0], patches[1]), (patches[0], patches[2])]
    together, alone = follow(pairs), [follow([pair])[0] for pair in pairs]
    for one, other in zip(together, alone, strict=True):
        assert one.face.centre == pytest.approx(other.face.centre, abs=0.01 * face.width)


def test_what_is_no_face_any_more_is_not_agreed_on(picture: Bgr, face: Face) -> None:
    noise = np.random.default_rng(0).integers(0, 256, picture.shape, dtype=np.uint8)
    known, gone = (Patch.cut(read_gray(as_jpeg(frame)).pixels, face) for frame in (picture, noise))
    (trace,) = follow([(known, gone)])
    assert not agree(trace, Trace(face, 0.0), RULE)


@pytest.mark.parametrize(
    "change",
    [
        {"width": 1.0 + 2 * RULE.largest_growth},
        {"centre": 2 * RULE.largest_shift},
        {"residual": 2 * RULE.largest_residual},
    ],
    ids=["size", "place", "unclean"],
)
def test_traces_that_differ_in_one_thing_do_not_agree(face: Face, change: dict[str, float]) -> None:
    twin = replace(
        face,
        width=face.width * change.get("width", 1.0),
        centre=face.centre + change.get("centre", 0.0) * face.width,
    )
    assert agree(Trace(face, 0.0), Trace(face, 0.0), RULE)
    assert not agree(Trace(face, 0.0), Trace(twin, change.get("residual", 0.0)), RULE)


def test_halfway_between_two_faces_is_their_mean(face: Face) -> None:
    middle = between(face, face.scaled(1.5), 0.5)
    assert middle.width == pytest.approx(1.25 * face.width)
    assert middle.nose == pytest.approx(1.25 * face.nose)


@pytest.mark.parametrize("frames", range(40))
def test_first_and_last_are_always_detected_and_no_gap_is_longer_than_the_rule(frames: int) -> None:
    places = detected(frames, 4)
    assert places[:1] == [0][:frames]
    assert places[-1:] == [frames - 1][:frames]
    assert all(0 < after - before <= 4 for before, after in pairwise(places))
