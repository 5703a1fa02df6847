"""The command line as a person or a program meets it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.bench import SAMPLE


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inference", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def results(*words: str | Path) -> list[dict[str, Any]]:
    finished = run(*words)
    assert finished.returncode == 0, finished.stderr
    return [json.loads(line) for line in finished.stdout.splitlines()]


@pytest.fixture
def clip(tmp_path: Path, picture: NDArray[np.uint8]) -> Path:
    """Five seconds of the sample face at 10 frames a second, swaying."""
    path = tmp_path / "clip.avi"
    video = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (640, 480))
    for step in range(50):
        video.write(np.roll(picture, int(20 * np.sin(step / 5)), axis=1))
    video.release()
    return path


def test_a_clip_gives_a_measurement_every_two_seconds_and_a_summary(clip: Path) -> None:
    *lines, last = results("measure", clip)
    assert [line["start_s"] for line in lines] == pytest.approx([0, 2, 4], abs=0.15)
    assert [line["frames"] for line in lines[:2]] == [8, 8]
    assert all(0 <= line["low"] <= line["score"] <= line["high"] <= 1 for line in lines)
    assert last["summary"]["scored"] == 3


def test_a_still_image_is_measured_and_its_spread_left_open() -> None:
    line, last = results("measure", SAMPLE)
    assert (line["frames"], line["low"], line["high"]) == (1, 0, 1)
    assert last["summary"]["median_score"] == line["score"]


def test_an_image_without_a_face_is_an_answer(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((480, 640, 3), 120, np.uint8))
    line, last = results("measure", tmp_path / "wall.png")
    assert line["score"] is None
    assert last["summary"]["reasons"] == {"no_face": 1}


@pytest.mark.parametrize(
    "words",
    [
        ("measure", "nowhere.jpg"),
        ("measure", __file__),
        ("evaluate", "--json", "--data", "nowhere"),
        ("measure", SAMPLE, "--weights", "nowhere"),
        ("evaluate", "--data", str(Path(__file__).parent)),
    ],
)
def test_a_path_that_is_no_good_ends_with_status_2_and_one_clear_line(words: tuple[str | Path, ...]) -> None:
    finished = run(*words)
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "Traceback" not in finished.stderr
    assert finished.stderr.splitlines()[-1].startswith("inference: ")


def test_class_folders_are_evaluated_over_the_classes_they_hold(
    tmp_path: Path, picture: NDArray[np.uint8]
) -> None:
    for name in ("Happy", "angry"):
        (tmp_path / name).mkdir()
        cv2.imwrite(str(tmp_path / name / "face.png"), picture[76:220, 207:351])
    (report,) = results("evaluate", "--json", "--perturb", "--slices", "--data", tmp_path)
    assert report["n"] == 2
    assert {each["kl_to_votes"] for each in report["perturbations"]} == {None}
    assert {each["proxy"] for each in report["slices"]} >= {"all faces", "luminance, mean gray level"}
    assert report["confusion"] == {
        "classes": ["happiness", "anger"],
        "rows_true_columns_predicted": [[1, 0], [1, 0]],
    }


def test_the_bench_needs_no_data_and_reports_every_stage() -> None:
    (report,) = results("bench", "--json", "--rounds", "3")
    assert {"decode", "detect", "track", "crop", "gate", "expressions", "score"} <= set(report["stages_ms"])
    assert set(report["floors_ms"]) >= set(report["stages_ms"]) - {"score"}
    assert report["frames_per_s"] > 0
    assert all(spent > 0 for spent in report["stages_ms"].values())


def test_a_changed_model_is_refused_in_one_line(tmp_path: Path) -> None:
    from inference.contract import WEIGHTS_DIR

    shutil.copytree(WEIGHTS_DIR, tmp_path, dirs_exist_ok=True)
    (tmp_path / "expressions.tflite").write_bytes(b"another network")
    finished = run("measure", SAMPLE, "--weights", tmp_path)
    assert finished.returncode == 2
    assert "expressions.tflite is not the file" in finished.stderr


def test_a_clip_is_compared_between_shortcut_and_full_path(clip: Path) -> None:
    (report,) = results("bench", "--json", "--compare", clip)
    seen = report["clips"][clip.name]
    assert seen["frames"] == 20
    assert 0 < seen["tracked_frames"] <= 12
    assert seen["score_difference"]["largest"] <= 0.01
    assert seen["other_reasons"] == 0
