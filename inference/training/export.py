"""Bring a fitted network to where serving loads it: temperature, LiteRT files, parity, contract.

Needs TensorFlow, whichever backend the network was fitted on.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from inference.contract import (
    CONTRACT_FILE,
    EXPRESSIONS,
    KERAS_FILE,
    NETWORK_FILE,
    WEIGHTS_DIR,
    Contract,
    sha256_of,
)
from inference.errors import InferenceError
from inference.expressions import softmax
from inference.training.architecture import HEADS
from inference.training.augment import plain_crop
from inference.training.calibration import fit_temperature
from inference.training.dataset import LabelledFaces

Floats: TypeAlias = NDArray[np.float32]
Answers: TypeAlias = Mapping[str, Floats]  # by head: (faces, classes), logits


@dataclass(frozen=True, slots=True)
class Format:
    """One LiteRT file. batch: crops at a time, fixed. difference: of a share (0-1) from Keras at most."""

    eight_bit: bool
    batch: int
    difference: float


# In floats only the order of additions differs. In 8 bits each weight is rounded (docs/model/exports.md).
FORMATS: Mapping[str, Format] = {
    NETWORK_FILE: Format(eight_bit=True, batch=1, difference=0.05),
    "expressions-float.tflite": Format(eight_bit=False, batch=1, difference=1e-3),
    "expressions-browser.tflite": Format(eight_bit=True, batch=8, difference=0.05),
}


class ExportDiffers(InferenceError):
    """The exported network does not answer as the fitted one does."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the exported files go, and the contract that will name them."""

    weights: Path = WEIGHTS_DIR
    contract: Path = CONTRACT_FILE


def export(
    fitted: Path, training: LabelledFaces, validation: LabelledFaces, to: Destination, *, name: str
) -> dict[str, Any]:
    """Export a `.keras` file. Returns what it cost: accuracy and largest difference of each file.

    training: for the prior. validation: for the temperature and for the comparison. Raises ExportDiffers,
    leaving everything as it was.
    """
    model = keras.models.load_model(fitted, compile=False)
    crops = plain_crop(validation.images, model.input_shape[1])
    expected = model.predict(crops, batch_size=256, verbose=0)
    temperature = fit_temperature(_served_logits(model, crops, to), validation.votes)
    report: dict[str, Any] = {KERAS_FILE: {"accuracy": _accuracy(expected, validation)}}
    with tempfile.TemporaryDirectory() as folder:
        drafts = Path(folder)
        model.save(drafts / KERAS_FILE)
        for file, form in FORMATS.items():
            (drafts / file).write_bytes(to_litert(model, form))
            answers = litert_answers(drafts / file, crops)
            difference = check_parity(answers, expected, largest=form.difference)
            report[file] = {"accuracy": _accuracy(answers, validation), "difference": difference}
        for draft in drafts.iterdir():
            shutil.copyfile(draft, to.weights / draft.name)
    write_contract(to, temperature=temperature, prior=training.votes.mean(axis=0), name=name)
    return report


def to_litert(model: keras.Model, form: Format) -> bytes:
    """Convert through a SavedModel with a fixed input: from concrete functions, all output was NaN.

    In 8 bits weights are rounded, and activations as they come: a quarter of the size and of the time.
    """
    size = model.input_shape[1]
    crops = keras.InputSpec(shape=(form.batch, size, size, 1), dtype="float32")
    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, format="tf_saved_model", input_signature=[crops], verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        converter.optimizations = [tf.lite.Optimize.DEFAULT] if form.eight_bit else []
        converted: bytes = converter.convert()
    return converted


def litert_answers(file: Path, crops: Floats) -> Answers:
    """Ask a LiteRT file of any fixed batch. crops: (N, size, size, 1); the last batch is filled up."""
    interpreter = Interpreter(str(file))
    interpreter.allocate_tensors()
    (image,) = interpreter.get_input_details()
    outputs = {out["shape"][-1]: out["index"] for out in interpreter.get_output_details()}
    batch = image["shape"][0]
    answers: dict[str, list[Floats]] = {head: [] for head in HEADS}
    filled = np.concatenate([crops, np.repeat(crops[-1:], -len(crops) % batch, axis=0)])
    for start in range(0, len(filled), batch):
        interpreter.set_tensor(image["index"], filled[start : start + batch])
        interpreter.invoke()
        for head, classes in HEADS.items():
            answers[head].append(interpreter.get_tensor(outputs[classes]))
    return {head: np.concatenate(batches)[: len(crops)] for head, batches in answers.items()}


def check_parity(answers: Answers, expected: Answers, *, largest: float) -> float:
    """The largest difference of any share. Raises ExportDiffers when it is too large, or not a number."""
    by_head = [np.abs(softmax(answers[head]) - softmax(expected[head])).max() for head in HEADS]
    difference = float(np.max(by_head))  # which, unlike Python's own, keeps what is not a number
    if not difference <= largest:
        raise ExportDiffers(f"a share of the LiteRT network is off by up to {difference:.2g}")
    return difference


def write_contract(to: Destination, *, temperature: float, prior: Floats, name: str) -> None:
    """Enter the version, what was fitted and the hashes of all model files; leave the rest as it is."""
    contract = json.loads(to.contract.read_text())
    models = sorted(path for path in to.weights.iterdir() if path.suffix in {".tflite", ".keras"})
    contract["files"] = {path.name: sha256_of(path) for path in models}
    contract["model_version"] = f"{name}+{contract['files'][NETWORK_FILE][:8]}"
    contract["temperature"] = round(temperature, 4)
    contract["prior"] = {
        expression: round(float(share), 5) for expression, share in zip(EXPRESSIONS, prior, strict=True)
    }
    to.contract.write_text(json.dumps(contract, indent=2) + "\n")


def _served_logits(model: keras.Model, crops: Floats, to: Destination) -> Floats:
    """What the temperature divides: of crops alone, or of both views where the contract asks for both."""
    views = [crops, crops[:, :, ::-1]] if Contract.read(to.contract).mirror else [crops]
    answers = [model.predict(view, batch_size=256, verbose=0)["expressions"] for view in views]
    return np.asarray(np.mean(answers, axis=0), dtype=np.float32)


def _accuracy(answers: Answers, faces: LabelledFaces) -> float:
    return float(np.mean(answers["expressions"].argmax(axis=1) == faces.majority))
