"""Fit the network, epoch by epoch, so that it can be stopped and resumed. Knows no file of the data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.training.augment import plain_crop
from inference.training.dataset import LabelledFaces
from inference.training.recipe import Recipe

Weights: TypeAlias = list[NDArray[np.float32]]


class AveragedWeights:
    """A running mean of the weights and of the batch statistics; steadier than the last step."""

    def __init__(self, weights: Weights, steps: int = 0) -> None:
        self.weights, self.steps = weights, steps

    def include(self, weights: Weights, decay: float) -> None:
        """Move towards the newest weights; quickly at first, so that the random start is soon forgotten."""
        self.steps += 1
        share = 1 - min(decay, (1 + self.steps) / (10 + self.steps))
        self.weights = [mean + share * (new - mean) for mean, new in zip(self.weights, weights, strict=True)]


class Fitting:
    """A training run in a folder: `latest.keras`, `averaged.keras` and `log.jsonl`, new after every epoch."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self.recipe, self.folder = recipe, folder
        folder.mkdir(parents=True, exist_ok=True)
        keras.utils.set_random_seed(recipe.seed)
        self.log = _read_log(folder / "log.jsonl")
        self.model = self._build_or_resume()
        self.average = self._load_average()

    def run(self, training: LabelledFaces, validation: LabelledFaces) -> Path:
        """Fit until the recipe's last epoch. Returns the file of the averaged network.

        Taken up again with another number of epochs, the learning rate follows the new number from there on.
        """
        for epoch in range(len(self.log), self.recipe.epochs):
            loss = self._one_epoch(epoch, training)
            self._keep({"epoch": epoch + 1, "loss": loss, **self._validate(validation)})
        return self.folder / "averaged.keras"

    def _one_epoch(self, epoch: int, faces: LabelledFaces) -> float:
        steps = -(-len(faces) // self.recipe.batch)
        losses = []
        batches = self._batches(epoch, faces)
        for step, (images, votes) in enumerate(tqdm(batches, f"epoch {epoch + 1}", steps, mininterval=10)):
            self.model.optimizer.learning_rate = self.recipe.rate((epoch + step / steps) / self.recipe.epochs)
            losses.append(float(self.model.train_on_batch(images, votes)))
            self.average.include(self.model.get_weights(), self.recipe.averaging)
        return float(np.mean(losses))

    def _batches(self, epoch: int, faces: LabelledFaces) -> Iterator[tuple[NDArray[np.float32], ...]]:
        """The epoch's own shuffling and variation: the same after a resumption as without one."""
        rng = np.random.default_rng([self.recipe.seed, epoch])
        strength = self.recipe.variation(epoch / self.recipe.epochs)
        vary, size = self.recipe.augmentation.apply, self.recipe.architecture.input_size
        order = rng.permutation(len(faces))
        for start in range(0, len(faces), self.recipe.batch):
            rows = order[start : start + self.recipe.batch]
            images = np.stack([vary(image, size, strength, rng) for image in faces.images[rows]])
            yield images[..., None], faces.votes[rows]

    def _validate(self, faces: LabelledFaces) -> dict[str, float]:
        """Accuracy on majority labels and cross-entropy to the votes, of the averaged network."""
        own = self.model.get_weights()
        self.model.set_weights(self.average.weights)
        images = plain_crop(faces.images, self.recipe.architecture.input_size)
        logits = self.model.predict(images, batch_size=256, verbose=0)
        self.model.set_weights(own)
        log_shares = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        return {
            "accuracy": float(np.mean(logits.argmax(axis=1) == faces.majority)),
            "cross_entropy": float(-np.mean(np.sum(faces.votes * log_shares, axis=1))),
        }

    def _keep(self, entry: dict[str, float]) -> None:
        own = self.model.get_weights()
        _save(self.model, self.folder / "latest.keras")
        self.model.set_weights(self.average.weights)
        _save(self.model, self.folder / "averaged.keras")
        self.model.set_weights(own)
        self.log.append({**entry, "steps": self.average.steps})
        (self.folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in self.log))
        (self.folder / "recipe.json").write_text(json.dumps(asdict(self.recipe), indent=2))
        tqdm.write(json.dumps(self.log[-1]))

    def _build_or_resume(self) -> keras.Model:
        """Built anew and then given its saved state: a loaded optimizer forgets what it must not decay."""
        model = self.recipe.architecture.build()
        optimizer = keras.optimizers.AdamW(weight_decay=self.recipe.weight_decay)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        model.compile(optimizer, loss=keras.losses.CategoricalCrossentropy(from_logits=True))
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
        return AveragedWeights(averaged.get_weights(), int(self.log[-1]["steps"]))


def _save(model: keras.Model, path: Path) -> None:
    """Write beside, then rename: a run killed while saving keeps its last good file."""
    draft = path.with_name(f"{path.stem}.draft.keras")
    model.save(draft)
    draft.replace(path)


def _read_log(path: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
