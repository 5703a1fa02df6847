"""What a network is fitted on, in each of its three forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS
from inference.errors import UnreadableInput
from inference.training.corpora import read_corpus, same_pixels
from inference.training.dataset import NO_LABEL

RNG = np.random.default_rng(3)
FACES = RNG.integers(0, 255, (6, 48, 48)).astype(np.uint8)
HAPPY, NEUTRAL = 3, 6  # in the challenge's order


def write_challenge(folder: Path, labels: Sequence[object], usage: Sequence[str]) -> Path:
    lines = [
        f"{label},{' '.join(map(str, face.ravel()))},{use}"
        for label, face, use in zip(labels, FACES, usage, strict=True)
    ]
    (folder / "fer2013.csv").write_text("\n".join(["emotion,pixels,Usage", *lines]))
    return folder / "fer2013.csv"


def test_the_challenges_csv_keeps_its_splits_and_leaves_the_private_rows_out(tmp_path: Path) -> None:
    usage = ["Training", "Training", "Training", "PublicTest", "PublicTest", "PrivateTest"]
    sheet = read_corpus(write_challenge(tmp_path, [HAPPY, HAPPY, NEUTRAL, NEUTRAL, HAPPY, HAPPY], usage))
    assert np.array_equal(sheet.images, FACES[:5])
    assert sheet.in_training.tolist() == [True, True, True, False, False]
    assert sheet.original.tolist() == [HAPPY, HAPPY, NEUTRAL, NEUTRAL, HAPPY]
    happiness, neutral = EXPRESSIONS.index("happiness"), EXPRESSIONS.index("neutral")
    assert sheet.training().majority.tolist() == [happiness, happiness, neutral]
    assert sheet.clean_validation().majority.tolist() == [neutral, happiness]


def test_the_votes_beside_it_win_over_the_labels(tmp_path: Path) -> None:
    write_challenge(tmp_path, [HAPPY] * 6, ["Training"] * 6)
    header = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
    (tmp_path / "fer2013new.csv").write_text("\n".join([header, *["Training,a.png,7,0,0,3,0,0,0,0,0,0"] * 6]))
    faces = read_corpus(tmp_path).training()
    assert faces.votes[0] == pytest.approx([0.7, 0, 0, 0.3, 0, 0, 0, 0])
    assert faces.originals.tolist() == [HAPPY] * 6


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("emotion,Usage\n3,Training", "no column pixels"),
        ("emotion,pixels,Usage\n3,1 2 3,Training", "48 x 48"),
        ("emotion,pixels,Usage\n9," + "7 " * 2304 + ",Training", "not a label"),
    ],
)
def test_a_csv_that_is_not_the_challenges_is_refused(tmp_path: Path, content: str, why: str) -> None:
    (tmp_path / "fer2013.csv").write_text(content)
    with pytest.raises(UnreadableInput, match=why):
        read_corpus(tmp_path)


def write_folders(folder: Path, name: str, faces: NDArray[np.uint8]) -> None:
    (folder / name).mkdir(parents=True)
    for number, face in enumerate(faces):
        cv2.imwrite(str(folder / name / f"{number:02}.png"), face)


def test_class_folders_keep_a_split_that_they_bring(tmp_path: Path) -> None:
    write_folders(tmp_path / "train", "happy", FACES[:3])
    write_folders(tmp_path / "test", "happy", FACES[2:5])
    sheet = read_corpus(tmp_path)
    assert len(sheet.training()) == 2, "the picture that is in both is in neither"
    assert len(sheet.clean_validation()) == 2
    assert (sheet.training().originals == NO_LABEL).all()


def test_class_folders_without_a_split_keep_a_tenth_of_each_class_out(tmp_path: Path) -> None:
    for name in ("happy", "angry"):
        write_folders(tmp_path, name, RNG.integers(0, 255, (20, 48, 48)).astype(np.uint8))
    sheet = read_corpus(tmp_path)
    assert len(sheet.training()) == 36
    held_out = sheet.clean_validation()
    assert np.bincount(held_out.majority, minlength=8)[
        [EXPRESSIONS.index("happiness"), EXPRESSIONS.index("anger")]
    ].tolist() == [2, 2]


def test_equal_pictures_have_equal_numbers() -> None:
    groups = same_pixels(FACES[[0, 1, 0, 2]])
    assert groups[0] == groups[2]
    assert len(set(groups.tolist())) == 3


def test_a_path_that_holds_none_of_them_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="neither"):
        read_corpus(tmp_path / "nowhere")
