"""Metrics on answers whose figures can be worked out by hand; data in every layout that is promised."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from inference.contract import EXPRESSIONS, NETWORK_FILE, WEIGHTS_DIR, Contract
from inference.errors import UnreadableInput
from inference.expressions import head_sizes
from inference.training.calibration import divergence_from_votes, expected_calibration_error, fit_temperature
from inference.training.dataset import (
    FER2013_LABELS,
    NO_LABEL,
    NO_MAJORITY,
    LabelledFaces,
    load_sheet,
    shares_of_faces,
    strict_majority,
)
from inference.training.evaluate import Answers, answers, fer2013_report
from inference.training.intervals import wilson
from inference.training.judge import Judge
from inference.training.sources import SYNONYMS, expression_named, framed, read_labelled

Image: TypeAlias = NDArray[Any]


def votes_of(**counts: int) -> NDArray[np.int64]:
    names = (*EXPRESSIONS, "unknown", "nf")
    return np.array([[counts.get(name, 0) for name in names]])


def test_accuracy_f1_and_confusion_are_the_textbook_ones() -> None:
    seen, said = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    report = Answers(np.eye(2)[said], seen, None, ("neutral", "anger")).report()
    assert report["accuracy"] == 0.75
    assert report["per_class"]["neutral"]["f1"] == pytest.approx(0.8)
    assert report["per_class"]["anger"]["precision"] == pytest.approx(0.5)
    assert report["macro_f1"] == pytest.approx((0.8 + 2 / 3) / 2)
    assert report["confusion"]["rows_true_columns_predicted"] == [[2, 1], [0, 1]]


@pytest.mark.parametrize(
    ("right", "asked", "interval"),
    [(10, 10, (0.7225, 1.0)), (0, 10, (0.0, 0.2775)), (50, 100, (0.4038, 0.5962))],
)
def test_the_interval_of_a_share_is_wilsons(right: int, asked: int, interval: tuple[float, float]) -> None:
    assert wilson(right, asked) == pytest.approx(interval, abs=1e-4)


def test_a_prior_correction_names_a_rare_expression_sooner_and_leaves_the_shares() -> None:
    names = list(EXPRESSIONS)
    faces = read_npz_of(np.zeros((len(names), 48, 48), np.uint8), names)
    torn = np.array([{"neutral": 1.0, "contempt": 0.5}.get(name, -9.0) for name in names], np.float32)

    def named(power: float) -> Answers:
        return answers(
            faces, lambda crops: np.tile(torn, (len(crops), 1)), Contract.read(), prior_correction=power
        )

    assert {EXPRESSIONS[label] for label in named(0.0).predicted} == {"neutral"}
    assert {EXPRESSIONS[label] for label in named(0.5).predicted} == {"contempt"}
    assert np.array_equal(named(0.0).shares, named(0.5).shares)


def test_only_classes_that_occur_are_chosen_among() -> None:
    faces = read_npz_of(np.zeros((2, 48, 48), np.uint8), ["anger", "anger"])
    loud = np.array([9.0 if name == "happiness" else 0.0 for name in EXPRESSIONS], np.float32)
    assert (
        answers(faces, lambda crops: np.tile(loud, (len(crops), 1)), Contract.read()).report()["accuracy"]
        == 1
    )


def test_confidence_that_is_right_as_often_as_it_says_has_no_calibration_error() -> None:
    said = np.full(4, 0.75)
    assert expected_calibration_error(said, np.array([1.0, 1, 1, 0])) == pytest.approx(0)
    assert expected_calibration_error(said, np.zeros(4)) == pytest.approx(0.75)


def test_votes_are_compared_with_what_was_promised_the_share_of_raters() -> None:
    shares = np.tile([0.75, 0.25], (3, 1))
    report = Answers(shares, np.zeros(3, int), shares.astype(np.float32), ("neutral", "anger")).report()
    assert report["ece"] == pytest.approx(0.25)
    assert report["ece_of_shares"] == pytest.approx(0)
    assert report["kl_to_votes"] == pytest.approx(0, abs=1e-6)


def test_shares_equal_to_the_votes_do_not_diverge() -> None:
    votes = np.array([[0.7, 0.3, 0.0]], np.float32)
    assert divergence_from_votes(votes.astype(np.float64), votes) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("true", [0.5, 1.0, 2.5])
def test_the_temperature_that_made_the_votes_is_found_again(true: float) -> None:
    logits = np.random.default_rng(1).normal(0, 3, (500, 8)).astype(np.float32)
    raised = np.exp(logits / true)
    votes = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    assert fit_temperature(logits, votes) == pytest.approx(true, rel=0.01)


@pytest.mark.parametrize(
    ("votes", "majority"),
    [
        (votes_of(anger=6, neutral=4), "anger"),
        (votes_of(anger=5, neutral=5), None),
        (votes_of(anger=3, unknown=7), None),
        (votes_of(nf=10), None),
        (votes_of(), None),
    ],
)
def test_a_majority_needs_more_votes_than_anything_else(
    votes: NDArray[np.int64], majority: str | None
) -> None:
    index = NO_MAJORITY if majority is None else EXPRESSIONS.index(majority)
    assert strict_majority(votes).tolist() == [index]


def test_the_target_is_the_share_of_votes_that_named_an_expression() -> None:
    shares = shares_of_faces(votes_of(anger=6, fear=2, unknown=2))[0]
    assert shares[EXPRESSIONS.index("anger")] == pytest.approx(0.75)
    assert shares.sum() == pytest.approx(1)
    assert shares_of_faces(votes_of(anger=4, unknown=6)).sum() == 0


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Six cells: a training pair with equal pixels, one pair across the splits, two faces of their own."""
    rows = [("train", 1), ("train", 1), ("train", 2), ("validation", 2), ("train", 3), ("validation", 4)]
    header = ",".join(["cell", "split", "fer2013", "same_image_group"])
    names = ",".join(f"ferplus_{name}" for name in (*EXPRESSIONS, "unknown", "nf"))
    lines = [f"{cell},{split},happy,{group},1,9,0,0,0,0,0,0,0,0" for cell, (split, group) in enumerate(rows)]
    (tmp_path / "labels.csv").write_text("\n".join([f"{header},{names}", *lines]) + "\n")
    picture = np.zeros((48, 48 * 200), np.uint8)
    for cell, (_, group) in enumerate(rows):
        picture[:, cell * 48 : (cell + 1) * 48] = group * 20
    cv2.imwrite(str(tmp_path / "images.png"), picture)
    return tmp_path


def test_a_picture_in_both_splits_is_in_neither_set(sheet: Path) -> None:
    whole = load_sheet(sheet)
    assert whole.training().images[:, 0, 0].tolist() == [20, 60]
    assert whole.clean_validation().images[:, 0, 0].tolist() == [80]


def test_a_sheet_folder_is_evaluated_on_its_clean_validation_rows(sheet: Path) -> None:
    assert len(read_labelled(sheet)) == 1


def test_a_sheet_without_its_picture_is_named(sheet: Path) -> None:
    (sheet / "images.png").unlink()
    with pytest.raises(UnreadableInput, match=r"images\.png"):
        read_labelled(sheet)


@pytest.mark.parametrize("labels", ["", "cell,split\n0,train\n"])
def test_a_sheet_without_its_columns_is_named(sheet: Path, labels: str) -> None:
    (sheet / "labels.csv").write_text(labels)
    with pytest.raises(UnreadableInput, match="no column"):
        read_labelled(sheet)


@pytest.mark.parametrize("content", [b"", b"PK no archive", b"words"])
def test_a_file_that_is_no_npz_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "faces.npz").write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"faces\.npz"):
        read_labelled(tmp_path / "faces.npz")


@pytest.mark.parametrize(("name", "words"), SYNONYMS.items())
def test_usual_names_of_expressions_are_understood(name: str, words: str) -> None:
    assert {expression_named(f"0_{word.title()}") for word in words.split()} == {name}


def read_npz_of(images: Image, label: list[str] | list[int], **more: Image) -> LabelledFaces:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "faces.npz"
        np.savez(path, images=images, label=np.array(label), **more)
        return read_labelled(path)


def test_an_npz_may_hold_words_or_numbers_and_any_size_of_face() -> None:
    faces = read_npz_of(np.zeros((3, 96, 96), np.uint8), ["Happy", "sad", "neutral"])
    assert [EXPRESSIONS[index] for index in faces.majority] == ["happiness", "sadness", "neutral"]
    assert faces.images.shape == (3, 48, 48)
    assert [
        EXPRESSIONS[index] for index in read_npz_of(np.zeros((2, 48, 48, 3), np.uint8), [0, 6]).majority
    ] == [
        "anger",
        "neutral",
    ]


@pytest.mark.parametrize("columns", [8, 10])
def test_votes_in_an_npz_win_over_its_labels(columns: int) -> None:
    votes = np.zeros((1, columns), int)
    votes[0, EXPRESSIONS.index("fear")] = 10
    faces = read_npz_of(np.zeros((1, 48, 48), np.uint8), ["happy"], ferplus_votes=votes)
    assert faces.majority.tolist() == [EXPRESSIONS.index("fear")]
    assert faces.has_votes


def test_an_npz_keeps_its_labels_in_fer2013s_own_order_beside_the_votes() -> None:
    votes = np.zeros((3, 8), int)
    votes[:, EXPRESSIONS.index("fear")] = 10
    pictures = np.zeros((3, 48, 48), np.uint8)
    assert read_npz_of(pictures, [0, 6, 99], ferplus_votes=votes).originals.tolist() == [0, 6, NO_LABEL]
    assert read_npz_of(pictures, ["Angry", "contempt", "calm"]).originals.tolist() == [0, NO_LABEL, 6]


def test_the_second_head_is_judged_on_the_labels_that_are_known() -> None:
    logits = np.eye(7, dtype=np.float32)[[0, 1, 2, 2]]
    report = fer2013_report(logits, np.array([0, 1, 3, NO_LABEL]))
    assert (report["n"], report["accuracy"]) == (3, pytest.approx(2 / 3))
    assert report["macro_f1"] == pytest.approx(2 / 3)
    assert report["accuracy_95"] == wilson(2, 3)


def test_the_second_head_is_reported_where_the_network_has_one_and_the_labels_are_known(
    faces: LabelledFaces,
) -> None:
    labels = np.full(len(faces), FER2013_LABELS.index("happy"))
    contract = Contract.read()
    known, unknown = (
        Judge(replace(faces, original=original), contract, WEIGHTS_DIR).report()
        for original in (labels, None)
    )
    assert ("fer2013_head" in known) == (7 in head_sizes(WEIGHTS_DIR / NETWORK_FILE))
    assert "fer2013_head" not in unknown


def test_an_npz_without_labels_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "faces.npz", images=np.zeros((1, 48, 48), np.uint8))
    with pytest.raises(UnreadableInput, match="label"):
        read_labelled(tmp_path / "faces.npz")


def test_a_face_of_the_right_size_is_left_as_it_is() -> None:
    face = np.random.default_rng(0).integers(0, 255, (48, 48)).astype(np.uint8)
    assert (framed(face) == face).all()
