"""The shortcut is believed for one reason: it says what the full path says."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from inference import Analyser
from inference.compare import PROMISED, both
from tests.unit.inference.snippets import SNIPPETS, as_jpeg, snippet_of

Bgr = NDArray[np.uint8]


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_shortcut_says_what_the_full_path_says(analyser: Analyser, picture: Bgr, name: str) -> None:
    pair = both(analyser, snippet_of(picture, name))
    assert pair.score_difference <= PROMISED
    assert pair.shortcut.reasons == pair.full.reasons
    assert pair.shortcut.coverage == pair.full.coverage


def test_the_frames_of_the_bench_too(analyser: Analyser, snippet: list[bytes]) -> None:
    assert both(analyser, snippet).score_difference <= PROMISED


def test_a_still_face_is_tracked(analyser: Analyser, picture: Bgr) -> None:
    assert both(analyser, snippet_of(picture, "still")).tracked == 5


@pytest.mark.parametrize(
    ("name", "detected_at_least"),
    [("blinking_out", 6), ("covered", 6), ("darting", 6), ("leaving", 5), ("joined", 5)],
)
def test_where_the_face_cannot_be_followed_the_detector_looks(
    analyser: Analyser, picture: Bgr, name: str, detected_at_least: int
) -> None:
    assert 8 - both(analyser, snippet_of(picture, name)).tracked >= detected_at_least


@pytest.mark.parametrize("frames", range(9))
def test_snippets_of_any_length_are_measured_frame_by_frame(
    analyser: Analyser, snippet: list[bytes], frames: int
) -> None:
    pair = both(analyser, snippet[:frames], least_valid_frames=1)
    assert pair.shortcut.frames == frames
    assert pair.shortcut.reasons == pair.full.reasons


def test_a_frame_of_another_size_or_that_is_no_picture_is_not_tracked(
    analyser: Analyser, snippet: list[bytes], picture: Bgr
) -> None:
    frames = [*snippet[:1], b"no picture", as_jpeg(np.ascontiguousarray(picture[:400])), *snippet[3:]]
    pair = both(analyser, frames)
    assert pair.shortcut.reasons == pair.full.reasons == {"undecodable": 1}
