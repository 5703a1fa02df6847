"""Training from end to end on a tiny network and made-up faces: fit, stop, go on, export, compare."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from inference.contract import CONTRACT_FILE, EXPRESSIONS, NETWORK_FILE, Contract
from inference.training.augment import Augmentation, plain_crop
from inference.training.dataset import LabelledFaces

if TYPE_CHECKING:
    from inference.training.recipe import Recipe


def made_up_faces(count: int) -> LabelledFaces:
    """Two "expressions" that anything could learn: bright above, or bright below."""
    rng = np.random.default_rng(5)
    majority = np.arange(count) % 2
    images = rng.integers(60, 120, (count, 48, 48)).astype(np.uint8)
    images[majority == 0, :24] += 100
    images[majority == 1, 24:] += 100
    return LabelledFaces(images, np.eye(len(EXPRESSIONS), dtype=np.float32)[majority], majority)


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

    tiny = Architecture(44, len(EXPRESSIONS), widths=(4, 8), blocks=(0, 1))
    return Recipe(tiny, epochs=2, batch=16, peak_rate=0.01, averaging=0.8)


@pytest.mark.training
def test_rate_and_variation_rise_and_fall_over_the_run(recipe: Recipe) -> None:
    rates = [recipe.rate(step / 100) for step in range(101)]
    assert max(rates) == pytest.approx(recipe.peak_rate)
    assert rates[0] == pytest.approx(0)
    assert rates[-1] == pytest.approx(0)
    variation = [recipe.variation(share) for share in (0, 0.2, 0.5, 0.9)]
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
    assert [entry["steps"] for entry in log] == [6, 12]
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
    from inference.training.export import EIGHT_BIT_DIFFERENCE, Destination, export
    from inference.training.fit import Fitting

    faces = made_up_faces(96)
    fitted = Fitting(recipe, tmp_path / "run").run(faces, faces)
    to = Destination(tmp_path / "weights", tmp_path / "contract.json")
    to.weights.mkdir()
    shutil.copyfile(CONTRACT_FILE, to.contract)
    export(fitted, faces, to, name="tiny")

    contract = Contract.read(to.contract)
    contract.verify(to.weights)
    assert contract.model_version.startswith("tiny+")
    crops = plain_crop(faces.images[:8], 44)
    expected = keras.models.load_model(fitted, compile=False).predict(crops, verbose=0)
    network = ExpressionNet(to.weights / NETWORK_FILE, 1.0)
    served = network.shares(crops[..., 0])
    assert np.allclose(served, softmax(expected), rtol=0, atol=EIGHT_BIT_DIFFERENCE)


@pytest.mark.training
@pytest.mark.timeout(600)
def test_an_export_that_answers_differently_is_refused(recipe: Recipe, tmp_path: Path) -> None:
    from inference.training.export import ExportDiffers, check_parity, to_litert

    model = recipe.architecture.build()
    exported = tmp_path / "net.tflite"
    exported.write_bytes(to_litert(model, eight_bit=False))
    crops = plain_crop(made_up_faces(4).images, 44)
    logits = model.predict(crops, verbose=0)
    check_parity(exported, crops, logits, largest=1e-3)
    nudged = logits + np.eye(logits.shape[1], dtype=np.float32)[0]
    for wrong in (nudged, np.full_like(logits, np.nan)):
        with pytest.raises(ExportDiffers):
            check_parity(exported, crops, wrong, largest=1e-3)
