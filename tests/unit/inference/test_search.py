"""The comparison of architectures, and the layer that makes it quick enough to be made."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from inference.training.dataset import LabelledFaces
from tests.unit.inference.test_training import made_up_faces

pytestmark = [pytest.mark.training, pytest.mark.timeout(600)]


@pytest.fixture(autouse=True)
def keras_is_there() -> None:
    pytest.importorskip("keras", reason="Keras is not installed: training needs the full requirement set")


def test_multiply_adds_are_counted_by_hand_the_same() -> None:
    from inference.training.architecture import HEADS, Architecture
    from inference.training.search import multiply_adds

    model = Architecture(stem=4, widths=(4, 8), blocks=(0, 1)).build()
    stem = 44 * 44 * 9 * 4
    block = 22 * 22 * (9 * 4 * 8 + 9 * 8 * 8 + 4 * 8)
    heads = 8 * sum(HEADS.values())
    assert multiply_adds(model) == stem + block + heads


def test_the_table_has_a_line_for_each_finished_run_best_first(tmp_path: Path) -> None:
    from inference.training.architecture import Architecture
    from inference.training.fit import Fitting
    from inference.training.recipe import Recipe
    from inference.training.search import table

    faces = made_up_faces(96)
    blank = LabelledFaces(np.full_like(faces.images, 9), faces.votes, faces.majority)
    recipe = Recipe(Architecture(stem=4, widths=(4, 8), blocks=(0, 1)), epochs=12, batch=16, averaging=0.9)
    Fitting(replace(recipe, peak_rate=0.02, average_every=2), tmp_path / "good").run(faces, faces)
    Fitting(replace(recipe, epochs=1), tmp_path / "blank").run(blank, blank)
    _, *lines = "\n".join(table(tmp_path)).splitlines()[1:]
    assert [line.split(" | ")[0] for line in lines] == ["| good", "| blank"]
    assert " | 12 | " in lines[0]


def test_every_candidate_fits_the_input_that_is_served() -> None:
    from inference.contract import Contract
    from inference.training.search import CANDIDATES

    sizes = {recipe.architecture.input_size for recipe in CANDIDATES.values()}
    assert sizes == {Contract.read().framing.input_size}


@pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed: its own kernel is not used")
def test_pytorchs_kernel_normalises_as_keras_does() -> None:
    script = """
import keras, numpy as np
from inference.layers import FusedBatchNormalization
numbers = keras.ops.convert_to_numpy
images = np.random.default_rng(1).normal(3, 2, (64, 5, 5, 7)).astype("float32")
ours, theirs = FusedBatchNormalization(momentum=0.9), keras.layers.BatchNormalization(momentum=0.9)
for training in (True, False):
    same = (numbers(layer(images, training=training)) for layer in (ours, theirs))
    assert np.allclose(*same, atol=1e-2), training
for own, other in zip(ours.weights, theirs.weights, strict=True):
    assert np.allclose(numbers(own), numbers(other), atol=1e-2), own.name
"""
    environment = {**os.environ, "KERAS_BACKEND": "torch"}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, timeout=120)
