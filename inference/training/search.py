"""Compare architectures and recipes by short runs: the table in docs/model/search.md.

`fit` runs on any backend. `table` converts and times the fitted networks, and needs TensorFlow for it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from inference.training.architecture import ARCHITECTURES
from inference.training.augment import Augmentation
from inference.training.corpora import read_corpus
from inference.training.fit import Fitting
from inference.training.recipe import Recipe

TIMED_RUNS = 400
SMALLEST = ARCHITECTURES["early"]
FRAMING_ONLY = Augmentation(
    gamma=0, exposure=0, side_light=0, blur_share=0, small_share=0, jpeg_share=0, noise_share=0,
    patch_share=0, band_share=0,
)  # fmt: skip

# Every architecture with the same recipe, then the quickest one with parts of the recipe left out.
CANDIDATES: Mapping[str, Recipe] = {
    **{name: Recipe(architecture) for name, architecture in ARCHITECTURES.items()},
    "early-one-head": Recipe(SMALLEST, fer2013_loss=0.0),
    "early-framing-only": Recipe(SMALLEST, augmentation=FRAMING_ONLY),
    "early-no-decay": Recipe(SMALLEST, weight_decay=0.0),
}


def fit(data: Path, runs: Path, names: Sequence[str], *, epochs: int, precision: str) -> None:
    """Fit each candidate in a folder of its name; those that are finished already are left alone."""
    corpus = read_corpus(data)
    validation = corpus.clean_validation().with_majority()
    for name in names:
        recipe = replace(CANDIDATES[name], epochs=epochs, precision=precision)
        Fitting(recipe, runs / name).run(corpus.training(), validation)


def table(runs: Path) -> Iterator[str]:
    """A Markdown table of all finished runs, the most accurate first."""
    rows = [row(run) for run in tqdm(sorted(path.parent for path in runs.glob("*/averaged.keras")))]
    yield (
        "| run | parameters | MMAC | LiteRT floats, ms | 8 bits, ms | epochs | seconds to train "
        "| accuracy | macro-F1 | cross-entropy |\n|---|---|---|---|---|---|---|---|---|---|"
    )
    for _, line in sorted(rows, reverse=True):
        yield line


def row(run: Path) -> tuple[float, str]:
    """Accuracy, and the line of one run. Milliseconds: one crop on one core, the median."""
    model = keras.models.load_model(run / "averaged.keras", compile=False)
    log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    seconds = sum(line["seconds"] for line in log)
    floats, eight_bit = (milliseconds(model, eight_bit=eight_bit) for eight_bit in (False, True))
    last = log[-1]
    return last["accuracy"], (
        f"| {run.name} | {model.count_params():,} | {multiply_adds(model) / 1e6:.0f} | {floats:.2f} "
        f"| {eight_bit:.2f} | {last['epoch']} | {seconds:,.0f} "
        f"| {last['accuracy']:.3f} | {last['macro_f1']:.3f} | {last['cross_entropy']:.3f} |"
    )


def multiply_adds(model: keras.Model) -> int:
    """Of the convolutions and dense layers for one crop; the rest is little."""
    weighted = [layer for layer in model.layers if hasattr(layer, "kernel")]
    return sum(
        int(np.prod(layer.kernel.shape)) * int(np.prod(layer.output.shape[1:-1], dtype=int))
        for layer in weighted
    )


def milliseconds(model: keras.Model, *, eight_bit: bool) -> float:
    """One crop through the converted network on one thread."""
    from ai_edge_litert.interpreter import Interpreter

    from inference.training.export import Format, to_litert

    with tempfile.NamedTemporaryFile(suffix=".tflite") as file:
        file.write(to_litert(model, Format(eight_bit, batch=1, difference=0.0)))
        file.flush()
        interpreter = Interpreter(file.name, num_threads=1)
    interpreter.allocate_tensors()
    seconds = []
    for _ in range(TIMED_RUNS):
        started = time.perf_counter()
        interpreter.invoke()
        seconds.append(time.perf_counter() - started)
    return 1e3 * statistics.median(seconds)


def main() -> None:
    """Fit, or print the table."""
    parser = argparse.ArgumentParser(prog="python -m inference.training.search", description=__doc__)
    parser.add_argument("step", choices=["fit", "table"])
    parser.add_argument("--data", type=Path, help="sheet folder, to fit")
    parser.add_argument("--runs", type=Path, default=Path("var/search"), help="(%(default)s)")
    parser.add_argument("--candidates", nargs="+", default=list(CANDIDATES), metavar="NAME")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--precision", default="float32")
    arguments = parser.parse_args()
    if arguments.step == "fit":
        fit(
            arguments.data,
            arguments.runs,
            arguments.candidates,
            epochs=arguments.epochs,
            precision=arguments.precision,
        )
        return
    for line in table(arguments.runs):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
