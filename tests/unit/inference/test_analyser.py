"""The whole pipeline, with the committed model and a real face."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference import Analyser, ModelFileChanged, ModelFileMissing
from inference.contract import WEIGHTS_DIR


def as_jpeg(picture: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


def test_a_smiling_face_is_measured_as_happiness_and_scores_low(
    analyser: Analyser, snippet: list[bytes]
) -> None:
    measured = analyser.measure(snippet)
    assert measured.expressions is not None
    assert measured.score is not None
    assert max(measured.expressions, key=measured.expressions.__getitem__) == "happiness"
    assert measured.score < 0.2


def test_the_interval_holds_the_score_and_probabilities_sum_to_one(
    analyser: Analyser, snippet: list[bytes]
) -> None:
    measured = analyser.measure(snippet)
    assert 0 <= measured.low <= measured.score <= measured.high <= 1
    assert sum(measured.expressions.values()) == pytest.approx(1)


def test_the_same_snippet_is_always_measured_the_same(analyser: Analyser, snippet: list[bytes]) -> None:
    assert analyser.measure(snippet) == analyser.measure(snippet)


def test_the_order_of_frames_hardly_matters(analyser: Analyser, snippet: list[bytes]) -> None:
    forwards, backwards = analyser.measure(snippet), analyser.measure(snippet[::-1])
    assert backwards.score == pytest.approx(forwards.score, abs=0.01)


def test_a_measurement_can_be_sent_as_json(analyser: Analyser, snippet: list[bytes]) -> None:
    measured = analyser.measure([*snippet, b"not a picture"])
    assert json.loads(json.dumps(measured.as_dict())) == measured.as_dict()


def test_bytes_that_are_no_jpeg_are_counted_not_raised(analyser: Analyser, snippet: list[bytes]) -> None:
    measured = analyser.measure([*snippet[:4], b"", b"GIF89a", snippet[0][:200], snippet[0][:-9000]])
    assert measured.reasons["undecodable"] >= 3
    assert measured.frames == 8
    assert measured.score is not None


def test_too_few_valid_frames_give_reasons_and_no_score(analyser: Analyser, snippet: list[bytes]) -> None:
    empty = as_jpeg(np.full((480, 640, 3), 120, np.uint8))
    measured = analyser.measure([*snippet[:2], *[empty] * 6])
    assert (measured.score, measured.low, measured.high) == (None, None, None)
    assert measured.reasons == {"no_face": 6}
    assert measured.coverage == pytest.approx(0.25)


def test_no_frames_at_all_is_an_answer_too(analyser: Analyser) -> None:
    measured = analyser.measure([])
    assert (measured.score, measured.expressions, measured.coverage) == (None, None, 0.0)


def test_two_faces_are_not_measured(analyser: Analyser, picture: NDArray[np.uint8]) -> None:
    half = picture[:, 140:460]
    assert analyser.measure([as_jpeg(np.hstack([half, half]))] * 3).reasons == {"several_faces": 3}


@pytest.mark.parametrize(
    ("reason", "alpha", "beta"),
    [("too_dark", 0.08, 0), ("too_bright", 0.05, 235), ("low_contrast", 0.06, 100)],
)
def test_bad_light_is_named(
    analyser: Analyser, picture: NDArray[np.uint8], reason: str, alpha: float, beta: float
) -> None:
    lit = as_jpeg(np.asarray(cv2.convertScaleAbs(picture, alpha=alpha, beta=beta), dtype=np.uint8))
    assert set(analyser.measure([lit] * 3).reasons) <= {reason, "no_face"}


def test_a_blurred_face_is_named(analyser: Analyser, picture: NDArray[np.uint8]) -> None:
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 6), dtype=np.uint8)
    assert analyser.measure([as_jpeg(blurred)] * 3).reasons == {"blurred": 3}


def test_a_small_face_is_named(analyser: Analyser, picture: NDArray[np.uint8]) -> None:
    far = np.asarray(cv2.resize(picture, (160, 120), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    assert analyser.measure([as_jpeg(far)] * 3).reasons == {"face_too_small": 3}


def test_a_tilted_head_is_measured_like_an_upright_one(
    analyser: Analyser, picture: NDArray[np.uint8], snippet: list[bytes]
) -> None:
    turn = cv2.getRotationMatrix2D((320, 240), 15, 1)
    tilted = np.asarray(cv2.warpAffine(picture, turn, (640, 480), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    upright = analyser.measure(snippet).score
    assert analyser.measure([as_jpeg(tilted)] * 3).score == pytest.approx(upright, abs=0.1)


def test_a_large_and_a_half_size_frame_score_alike(analyser: Analyser, picture: NDArray[np.uint8]) -> None:
    large = np.asarray(cv2.resize(picture, (1280, 960), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    scores = [analyser.measure([as_jpeg(size)] * 3).score for size in (picture, large)]
    assert scores[0] == pytest.approx(scores[1], abs=0.05)


def test_a_changed_model_file_is_refused(tmp_path: Path) -> None:
    shutil.copytree(WEIGHTS_DIR, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "expressions.tflite").open("ab") as model:
        model.write(b"\0")
    with pytest.raises(ModelFileChanged, match=r"expressions\.tflite"):
        Analyser.load(tmp_path)


def test_a_missing_model_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing, match="expressions"):
        Analyser.load(tmp_path)
