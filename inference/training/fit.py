"""Fit the network, epoch by epoch, so that it can be stopped and resumed. Knows no file of the data."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.training.architecture import HEADS
from inference.training.augment import plain_crop
from inference.training.batches import Batches, ahead, people_said
from inference.training.calibration import cross_entropy
from inference.training.curves import draw_curves
from inference.training.dataset import NO_LABEL, LabelledFaces
from inference.training.evaluate import macro_f1
from inference.training.recipe import Recipe
from inference.training.teachers import Teachers

Weights: TypeAlias = list[NDArray[np.float32]]


class AveragedWeights:
    """A running mean of the weights and of the batch statistics; steadier than the last step."""

    def __init__(self, weights: Weights, updates: int = 0) -> None:
        self.weights, self.updates = weights, updates

    def include(self, weights: Weights, decay: float) -> None:
        """Move towards the newest weights; quickly at first, so that the random start is soon forgotten."""
        self.updates += 1
        share = 1 - min(decay, (1 + self.updates) / (10 + self.updates))
        self.weights = [mean + share * (new - mean) for mean, new in zip(self.weights, weights, strict=True)]


class Fitting:
    """A training run in a folder: `averaged.keras`, what resuming needs, log and curves, new each epoch."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self.recipe, self.folder = recipe, folder
        folder.mkdir(parents=True, exist_ok=True)
        keras.utils.set_random_seed(recipe.seed)
        self.log = _read_log(folder / "log.jsonl")
        self.kept = recipe.architecture.build()  # in float32, whatever the precision of the fitting
        self.model = self._build_or_resume()
        self.average = self._load_average()
        self.teachers = Teachers(recipe.teachers, recipe.teacher_share, recipe.precision)

    def run(self, training: LabelledFaces, validation: LabelledFaces) -> Path:
        """Fit until the recipe's last epoch. Returns the file of the averaged network.

        Taken up again with another number of epochs, the learning rate follows the new number from there on.
        """
        size = self.recipe.architecture.input_size
        targets = self.teachers.advise(plain_crop(training.images, size), people_said(training))
        for epoch in range(len(self.log), self.recipe.epochs):
            started = time.monotonic()
            loss = self._one_epoch(Batches(self.recipe, training.images, targets, epoch))
            seconds = round(time.monotonic() - started, 1)
            self._keep({"epoch": epoch + 1, "loss": loss, "seconds": seconds, **self._validate(validation)})
        return self.folder / "averaged.keras"

    def _one_epoch(self, batches: Batches) -> float:
        recipe, epoch, losses = self.recipe, batches.epoch, []
        progress = tqdm(ahead(batches), f"epoch {epoch + 1}", len(batches), mininterval=10)
        for step, (images, targets) in enumerate(progress, start=1):
            self.model.optimizer.learning_rate = recipe.rate((epoch + step / len(batches)) / recipe.epochs)
            losses.append(float(self.model.train_on_batch(images, targets, return_dict=True)["loss"]))
            if step % recipe.average_every == 0 or step == len(batches):
                self.average.include(self.model.get_weights(), recipe.averaging**recipe.average_every)
        return float(np.mean(losses))

    def _validate(self, faces: LabelledFaces) -> dict[str, float]:
        """Of the averaged network: accuracy and macro-F1 on majority labels, cross-entropy to the votes."""
        self.kept.set_weights(self.average.weights)
        images = plain_crop(faces.images, self.recipe.architecture.input_size)
        answers = self.kept.predict(images, batch_size=256, verbose=0)
        logits, said = answers["expressions"], answers["expressions"].argmax(axis=1)
        right = (answers["fer2013"].argmax(axis=1) == faces.originals)[faces.originals != NO_LABEL]
        return {
            "accuracy": float(np.mean(said == faces.majority)),
            "macro_f1": macro_f1(said, faces.majority),
            "cross_entropy": cross_entropy(logits, faces.votes),
            **({"fer2013_accuracy": float(np.mean(right))} if len(right) else {}),
        }

    def _keep(self, entry: dict[str, float]) -> None:
        _save(self.model, self.folder / "latest.keras")
        _save(self.kept, self.folder / "averaged.keras")
        self.log.append({**entry, "updates": self.average.updates})
        (self.folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in self.log))
        (self.folder / "recipe.json").write_text(json.dumps(asdict(self.recipe), indent=2))
        draw_curves(self.log, self.folder / "curves.png")
        tqdm.write(json.dumps(self.log[-1]))

    def _build_or_resume(self) -> keras.Model:
        """Built anew and then given its saved state: a loaded optimizer forgets what it must not decay."""
        with _policy(self.recipe.precision):
            model = self.recipe.architecture.build()
        optimizer = keras.optimizers.AdamW(weight_decay=self.recipe.weight_decay)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        model.compile(
            optimizer,
            loss={head: keras.losses.CategoricalCrossentropy(from_logits=True) for head in HEADS},
            loss_weights={"expressions": 1.0, "fer2013": self.recipe.fer2013_loss},
            jit_compile=False,  # on a processor slower with TensorFlow, and no steady gain with PyTorch
        )
        if self.recipe.begin_with:
            begun = keras.models.load_model(self.recipe.begin_with, compile=False)
            model.set_weights(begun.get_weights())
        if self.log:
            saved = keras.models.load_model(self.folder / "latest.keras")
            model.set_weights(saved.get_weights())
            optimizer.build(model.trainable_variables)
            for own, kept in zip(optimizer.variables, saved.optimizer.variables, strict=True):
                own.assign(kept)
        return model

    def _load_average(self) -> AveragedWeights:
        if not self.log:
            return AveragedWeights([weight.copy() for weight in self.model.get_weights()])
        averaged = keras.models.load_model(self.folder / "averaged.keras", compile=False)
        return AveragedWeights(averaged.get_weights(), int(self.log[-1]["updates"]))


@contextmanager
def _policy(precision: str) -> Iterator[None]:
    """Layers built inside compute in that precision."""
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(precision)
    yield
    keras.config.set_dtype_policy(before)


def _save(model: keras.Model, path: Path) -> None:
    """Write beside, then rename: a run killed while saving keeps its last good file."""
    draft = path.with_name(f"{path.stem}.draft.keras")
    model.save(draft)
    draft.replace(path)


def _read_log(path: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
