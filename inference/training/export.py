"""Bring a fitted network to where serving loads it: temperature, LiteRT file, parity on real crops, contract.

Needs TensorFlow, whichever backend the network was fitted on.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from inference.contract import CONTRACT_FILE, NETWORK_FILE, WEIGHTS_DIR, sha256_of
from inference.errors import InferenceError
from inference.expressions import ExpressionNet, softmax
from inference.training.architecture import StandardiseImage
from inference.training.augment import plain_crop
from inference.training.calibration import fit_temperature
from inference.training.dataset import LabelledFaces

# Of a share (0-1), between Keras and LiteRT. In floats only the order of additions differs. In 8 bits each
# weight is rounded: measured on 1,500 clean validation faces, .025 at most and .003 on average.
FLOAT_DIFFERENCE = 1e-3
EIGHT_BIT_DIFFERENCE = 0.05
PARITY_CROPS = 64


class ExportDiffers(InferenceError):
    """The exported network does not answer as the fitted one does."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the exported files go, and the contract that will name them."""

    weights: Path = WEIGHTS_DIR
    contract: Path = CONTRACT_FILE


def export(fitted: Path, validation: LabelledFaces, to: Destination, *, name: str) -> float:
    """Export a `.keras` file. Returns the temperature. Raises ExportDiffers, leaving everything as it was.

    validation: real faces, for the temperature and for the comparison.
    """
    model = keras.models.load_model(fitted, {StandardiseImage.__name__: StandardiseImage}, compile=False)
    crops = plain_crop(validation.images, model.input_shape[1])
    logits = model.predict(crops, batch_size=256, verbose=0)
    temperature = fit_temperature(logits, validation.votes)
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / NETWORK_FILE
        for eight_bit, largest in ((False, FLOAT_DIFFERENCE), (True, EIGHT_BIT_DIFFERENCE)):
            draft.write_bytes(to_litert(model, eight_bit=eight_bit))
            check_parity(draft, crops[:PARITY_CROPS], logits[:PARITY_CROPS], largest=largest)
        shutil.copyfile(draft, to.weights / NETWORK_FILE)
    model.save(to.weights / f"{Path(NETWORK_FILE).stem}.keras")
    write_contract(to, temperature=temperature, name=name)
    return temperature


def to_litert(model: keras.Model, *, eight_bit: bool) -> bytes:
    """Convert through a SavedModel with a fixed input: from concrete functions, all output was NaN.

    eight_bit: round the weights to 8 bits, and activations as they come. What is served: a quarter of the
    size and of the time, and no worse on validation (docs/model/training.md).
    """
    size = model.input_shape[1]
    one_face = keras.InputSpec(shape=(1, size, size, 1), dtype="float32")
    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, format="tf_saved_model", input_signature=[one_face], verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        converter.optimizations = [tf.lite.Optimize.DEFAULT] if eight_bit else []
        converted: bytes = converter.convert()
    return converted


def check_parity(
    exported: Path, crops: NDArray[np.float32], logits: NDArray[np.float32], *, largest: float
) -> None:
    """Ask both for the same faces. Raises ExportDiffers when any share is off, or not a number."""
    network = ExpressionNet(exported, temperature=1.0)
    answers = network.shares(crops[..., 0])
    difference = float(np.abs(answers - softmax(logits)).max())
    if not difference <= largest:
        raise ExportDiffers(f"a share of the LiteRT network is off by up to {difference:.2g}")


def write_contract(to: Destination, *, temperature: float, name: str) -> None:
    """Enter the version, the temperature and the hashes of all model files; leave the rest as it is."""
    contract = json.loads(to.contract.read_text())
    models = sorted(path for path in to.weights.iterdir() if path.suffix in {".tflite", ".keras"})
    contract["files"] = {path.name: sha256_of(path) for path in models}
    contract["model_version"] = f"{name}+{contract['files'][NETWORK_FILE][:8]}"
    contract["temperature"] = round(temperature, 4)
    to.contract.write_text(json.dumps(contract, indent=2) + "\n")
