"""Training from end to end on a tiny network and made-up faces: fit, stop, go on, export, compare."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from inference.contract import CONTRACT_FILE, EXPRESSIONS, NETWORK_FILE, Contract
from inference.training.augment import Augmentation, plain_crop
from inference.training.dataset import NO_LABEL, LabelledFaces

if TYPE_CHECKING:
    from inference.training.recipe import Recipe


def made_up_faces(count: int) -> LabelledFaces:
    """Two "expressions" that anything could learn: stripes that lie, or stripes that stand."""
    rng = np.random.default_rng(5)
    majority = np.arange(count) % 2
    images = rng.integers(60, 120, (count, 48, 48)).astype(np.uint8)
    bright = np.arange(48) % 6 < 3
    images[majority == 0] += (100 * bright[:, None]).astype(np.uint8)
    images[majority == 1] += (100 * bright[None, :]).astype(np.uint8)
    votes = np.eye(len(EXPRESSIONS), dtype=np.float32)[majority]
    return LabelledFaces(images, votes, majority, original=6 - majority)


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_a_varied_crop_keeps_its_size_and_range(strength: float) -> None:
    rng = np.random.default_rng(0)
    for image in made_up_faces(40).images:
        crop = Augmentation().apply(image, 44, strength, rng)
        assert crop.shape == (44, 44)
        assert crop.dtype == np.float32
        assert np.isfinite(crop).all()
        assert -40 < crop.min() <= crop.max() < 295


def test_without_strength_a_crop_is_the_middle_or_its_mirror_image() -> None:
    faces = made_up_faces(6)
    rng = np.random.default_rng(0)
    for image, plain in zip(faces.images, plain_crop(faces.images, 44)[..., 0], strict=True):
        crop = Augmentation().apply(image, 44, 0.0, rng)
        assert min(np.abs(crop - plain).max(), np.abs(crop - plain[:, ::-1]).max()) < 0.01


@pytest.fixture
def recipe() -> Recipe:
    pytest.importorskip("keras", reason="Keras is not installed: training needs the full requirement set")
    from inference.training.architecture import Architecture
    from inference.training.recipe import Recipe

    tiny = Architecture(stem=4, widths=(4, 8), blocks=(0, 1))
    return Recipe(tiny, epochs=2, batch=16, peak_rate=0.01, averaging=0.9, average_every=2)


@pytest.mark.training
def test_rate_and_variation_rise_and_fall_over_the_run(recipe: Recipe) -> None:
    rates = [recipe.rate(step / 100) for step in range(101)]
    assert max(rates) == pytest.approx(recipe.peak_rate)
    assert rates[0] == pytest.approx(0)
    assert rates[-1] == pytest.approx(0)
    variation = [recipe.variation(share) for share in (0, 0.125, 0.5, 0.95)]
    assert variation == pytest.approx([0, 0.5, 1, recipe.little_variation])


@pytest.mark.training
@pytest.mark.timeout(600)
def test_a_run_that_was_stopped_goes_on_where_it_was(recipe: Recipe, tmp_path: Path) -> None:
    from inference.training.fit import Fitting

    faces = made_up_faces(96)
    shorter = replace(recipe, epochs=1)
    Fitting(shorter, tmp_path).run(faces, faces)
    Fitting(recipe, tmp_path).run(faces, faces)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [entry["epoch"] for entry in log] == [1, 2]
    assert [entry["updates"] for entry in log] == [3, 6]
    assert (tmp_path / "curves.png").stat().st_size > 1000
    assert log[1]["loss"] < log[0]["loss"]


@pytest.mark.training
@pytest.mark.timeout(600)
def test_a_resumed_optimizer_has_its_moments_and_still_spares_what_it_must_not_decay(
    recipe: Recipe, tmp_path: Path
) -> None:
    from inference.training.fit import Fitting

    faces = made_up_faces(48)
    first = Fitting(replace(recipe, epochs=1), tmp_path)
    first.run(faces, faces)
    before, after = first.model.optimizer, Fitting(recipe, tmp_path).model.optimizer
    for own, kept in zip(after.variables, before.variables, strict=True):
        assert np.allclose(own, kept)
    assert int(after.iterations) == 3
    spared = [variable for variable in first.model.trainable_variables if variable.name in {"gamma", "beta"}]
    assert spared
    assert not any(after._use_weight_decay(variable) for variable in spared)


@pytest.mark.training
@pytest.mark.timeout(600)
def test_the_same_seed_gives_the_same_losses(recipe: Recipe, tmp_path: Path) -> None:
    from inference.training.fit import Fitting

    faces = made_up_faces(48)
    losses = []
    for name in ("first", "second"):
        fitting = Fitting(replace(recipe, epochs=1), tmp_path / name)
        fitting.run(faces, faces)
        losses.append(fitting.log[0]["loss"])
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


@pytest.mark.training
@pytest.mark.timeout(600)
def test_an_export_answers_like_the_fitted_network_and_is_entered_in_the_contract(
    recipe: Recipe, tmp_path: Path
) -> None:
    import keras

    from inference.expressions import ExpressionNet, softmax
    from inference.training.architecture import HEADS
    from inference.training.export import FORMATS, KERAS_FILE, Destination, export, litert_answers
    from inference.training.fit import Fitting

    faces = made_up_faces(96)
    fitted = Fitting(replace(recipe, epochs=12), tmp_path / "run").run(faces, faces)
    to = Destination(tmp_path / "weights", tmp_path / "contract.json")
    to.weights.mkdir()
    shutil.copyfile(CONTRACT_FILE, to.contract)
    report = export(fitted, faces, faces, to, name="tiny")

    contract = Contract.read(to.contract)
    contract.verify(to.weights)
    assert contract.model_version.startswith("tiny+")
    assert (contract.prior["neutral"], contract.prior["happiness"], contract.prior["fear"]) == (0.5, 0.5, 0)
    assert set(report) == {KERAS_FILE, *FORMATS}
    assert {entry["accuracy"] for entry in report.values()} == {1.0}
    crops = plain_crop(faces.images[:11], 44)
    expected = keras.models.load_model(fitted, compile=False).predict(crops, verbose=0)
    for file, form in FORMATS.items():
        answers = litert_answers(to.weights / file, crops)
        for head in HEADS:
            shares, wanted = softmax(answers[head]), softmax(expected[head])
            assert np.allclose(shares, wanted, rtol=0, atol=form.difference)
    served = ExpressionNet(to.weights / NETWORK_FILE, 1.0).shares(crops[..., 0])
    assert np.allclose(
        served, softmax(expected["expressions"]), rtol=0, atol=FORMATS[NETWORK_FILE].difference
    )


@pytest.mark.training
@pytest.mark.timeout(600)
def test_an_export_that_answers_differently_is_refused(recipe: Recipe, tmp_path: Path) -> None:
    from inference.training.export import ExportDiffers, Format, check_parity, litert_answers, to_litert

    model, exported = recipe.architecture.build(), tmp_path / "net.tflite"
    exported.write_bytes(to_litert(model, Format(eight_bit=False, batch=3, difference=1e-3)))
    crops = plain_crop(made_up_faces(4).images, 44)
    expected = model.predict(crops, verbose=0)
    answers = litert_answers(exported, crops)
    assert check_parity(answers, expected, largest=1e-3) <= 1e-3
    for head, logits in expected.items():
        nudged = logits + np.eye(logits.shape[1], dtype=np.float32)[0]
        for wrong in (nudged, np.full_like(logits, np.nan)):
            with pytest.raises(ExportDiffers):
                check_parity(answers, {**expected, head: wrong}, largest=1e-3)


@pytest.mark.training
@pytest.mark.timeout(600)
def test_a_teacher_pulls_the_votes_towards_what_it_sees(recipe: Recipe, tmp_path: Path) -> None:
    from inference.training.fit import Fitting
    from inference.training.teachers import Teachers

    faces = made_up_faces(96)
    fitted = Fitting(replace(recipe, epochs=12), tmp_path).run(faces, faces)
    images = plain_crop(faces.images, 44)
    undecided = {"expressions": np.full((96, 8), 1 / 8, np.float32)}
    assert Teachers([], share=0.6).advise(images, undecided) is undecided
    advised = Teachers([str(fitted)], share=0.6).advise(images, undecided)["expressions"]
    assert advised.sum(axis=1) == pytest.approx(np.ones(96), abs=1e-5)
    assert (advised.argmax(axis=1) == faces.majority).all()
    assert advised.max() <= 0.4 / 8 + 0.6 + 1e-6
    mirrored = Teachers([str(fitted)], share=0.6).advise(images[:, :, ::-1], undecided)["expressions"]
    assert mirrored == pytest.approx(advised, abs=1e-5)


@pytest.mark.training
@pytest.mark.timeout(600)
def test_a_run_that_begins_with_a_fitted_network_knows_what_it_knew(recipe: Recipe, tmp_path: Path) -> None:
    from inference.training.fit import Fitting

    faces = made_up_faces(96)
    fitted = Fitting(replace(recipe, epochs=12), tmp_path / "first").run(faces, faces)
    further = Fitting(replace(recipe, epochs=1, peak_rate=1e-5, begin_with=str(fitted)), tmp_path / "second")
    further.run(faces, faces)
    assert further.log[0]["accuracy"] == 1.0


@pytest.mark.training
@pytest.mark.timeout(600)
def test_faces_without_fer2013s_labels_are_fitted_by_their_votes_alone(
    recipe: Recipe, tmp_path: Path
) -> None:
    from inference.training.fit import Fitting

    faces = replace(made_up_faces(96), original=None)
    fitting = Fitting(replace(recipe, epochs=12), tmp_path)
    fitting.run(faces, faces)
    assert fitting.log[-1]["accuracy"] == 1.0
    assert "fer2013_accuracy" not in fitting.log[-1]


@pytest.mark.training
def test_a_face_without_a_label_costs_the_second_head_nothing() -> None:
    from inference.training.batches import one_hot

    assert one_hot(np.array([2, NO_LABEL, 0]), 3).tolist() == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]


@pytest.mark.training
def test_batches_made_ahead_come_in_order_and_pass_on_what_went_wrong() -> None:
    from inference.training.batches import ahead

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("no picture")

    assert list(ahead(range(1, 20))) == list(range(1, 20))
    with pytest.raises(ValueError, match="no picture"):
        list(ahead(broken()))
