"""What each sub-command does. Imports a heavy library only inside the command that uses it: training needs
TensorFlow, and measuring must not.
"""

from __future__ import annotations

import json
import statistics
import sys
from argparse import Namespace
from collections import Counter
from typing import Any

from inference.analyser import Analyser
from inference.contract import WEIGHTS_DIR, Contract
from inference.errors import UnreadableInput
from inference.measurement import Measurement


def measure(arguments: Namespace) -> None:
    """One JSON line for each snippet of each file, then a summary."""
    from inference.clips import snippets

    measured = []
    with Analyser.load(arguments.weights) as analyser:
        for file in arguments.files:
            for snippet in snippets(file):
                result = analyser.measure(snippet.frames, least_valid_frames=snippet.least_valid_frames)
                measured.append(result)
                say({"file": str(file), "start_s": round(snippet.start, 2), **result.as_dict()})
    say({"summary": summary(measured)})


def summary(measured: list[Measurement]) -> dict[str, Any]:
    """All snippets together: how many could be measured, and the middle of their scores."""
    scores = [each.score for each in measured if each.score is not None]
    reasons = sum((Counter(each.reasons) for each in measured), Counter[str]())
    return {
        "snippets": len(measured),
        "scored": len(scores),
        "frames": sum(each.frames for each in measured),
        "valid_frames": sum(each.valid_frames for each in measured),
        "median_score": statistics.median(scores) if scores else None,
        "reasons": dict(reasons),
    }


def evaluate(arguments: Namespace) -> None:
    """Judge the committed network on labelled faces."""
    from inference.training.judge import Judge
    from inference.training.sources import read_labelled

    contract = Contract.read()
    folder = arguments.weights or WEIGHTS_DIR
    contract.verify(folder)
    judge = Judge(read_labelled(arguments.data), contract, folder)
    report = {"model_version": contract.model_version, **judge.report(arguments.prior_correction)}
    if arguments.perturb:
        report["perturbations"] = judge.perturbations()
    if arguments.slices:
        report |= judge.slices()
    say(report, indent=None if arguments.json else 2)


def train(arguments: Namespace) -> None:
    """Fit a network in a folder; started again, it goes on where it stopped."""
    from inference.training.architecture import ARCHITECTURES
    from inference.training.corpora import read_corpus
    from inference.training.fit import Fitting
    from inference.training.recipe import Recipe

    if arguments.architecture not in ARCHITECTURES:
        raise UnreadableInput(f"{arguments.architecture}: not one of {', '.join(ARCHITECTURES)}")
    recipe = Recipe(
        ARCHITECTURES[arguments.architecture],
        epochs=arguments.epochs,
        peak_rate=arguments.rate,
        begin_with=str(arguments.begin_with or ""),
        most_variation=arguments.variation,
        fer2013_loss=arguments.second_head,
        teachers=tuple(arguments.teacher),
        precision=arguments.precision,
        seed=arguments.seed,
    )
    corpus = read_corpus(arguments.data)
    fitted = Fitting(recipe, arguments.run).run(corpus.training(), corpus.clean_validation().with_majority())
    say({"fitted": str(fitted)})


def export(arguments: Namespace) -> None:
    """Put a fitted network in the weights folder and its hash in the contract."""
    from inference.training.corpora import read_corpus
    from inference.training.export import Destination, export

    corpus = read_corpus(arguments.data)
    validation = corpus.clean_validation().with_majority()
    files = export(arguments.fitted, corpus.training(), validation, Destination(), name=arguments.name)
    contract = Contract.read()
    say({"model_version": contract.model_version, "temperature": contract.temperature, "files": files})


def report(arguments: Namespace) -> None:
    """Write the pages of figures anew. Needs matplotlib: the full requirement set."""
    from inference.report.write import write

    written = write(arguments.data, arguments.into, pages=arguments.pages, every=arguments.every)
    say({"written": written})


def bench(arguments: Namespace) -> None:
    """Time the pipeline on one core, or compare its shortcut with the full path on clips."""
    if arguments.compare:
        from inference.compare import compare

        say(compare(arguments.compare), indent=None if arguments.json else 2)
        return
    from inference.bench import bench, table

    report = bench(arguments.rounds, arguments.peers)
    if arguments.json:
        say(report)
    else:
        sys.stdout.write(table(report) + "\n")


def throughput(arguments: Namespace) -> None:
    """Time the network alone, in each runtime asked for."""
    from inference.throughput import throughput

    say(throughput(arguments.runtime, arguments.seconds), indent=None if arguments.json else 2)


def say(result: dict[str, Any], *, indent: int | None = None) -> None:
    """One result on standard output; everything else goes to standard error."""
    sys.stdout.write(json.dumps(result, indent=indent) + "\n")
    sys.stdout.flush()
