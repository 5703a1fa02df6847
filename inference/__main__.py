"""The command line, from `measure` to `throughput`. Knows only which words call which command."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from inference import commands
from inference.errors import InferenceError
from inference.runtimes import Runtime

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Words: TypeAlias = "_SubParsersAction[ArgumentParser]"


def parser() -> ArgumentParser:
    """All commands and their options."""
    root = ArgumentParser(
        prog="python -m inference", description="Measure expression patterns from face frames."
    )
    words = root.add_subparsers(required=True, metavar="COMMAND")

    for add in (_measure, _evaluate, _train, _export, _report, _bench, _throughput):
        add(words)
    return root


def main() -> int:
    """Run one command. A path or model file that is no good ends with status 2 and one line that says so."""
    arguments = parser().parse_args()
    try:
        arguments.run_command(arguments)
    except (InferenceError, OSError) as error:
        sys.stderr.write(f"inference: {error}\n")
        return 2
    return 0


def _measure(words: Words) -> None:
    word = words.add_parser(
        "measure", help="measure images and clips; one JSON line a snippet, then a summary"
    )
    word.add_argument("files", nargs="+", type=Path, metavar="FILE")
    word.add_argument("--weights", type=Path, help="folder of the model files; default: the ones that ship")
    word.set_defaults(run_command=commands.measure)


def _evaluate(words: Words) -> None:
    word = words.add_parser("evaluate", help="judge the network on labelled faces")
    word.add_argument(
        "--data", type=Path, required=True, help="sheet folder, folder of class folders, or .npz"
    )
    word.add_argument(
        "--prior-correction",
        type=float,
        default=0.0,
        metavar="POWER",
        help="name rare expressions sooner: 0 not at all, 1 as if all were as common",
    )
    word.add_argument("--perturb", action="store_true", help="also on spoiled pictures")
    word.add_argument("--slices", action="store_true", help="also for each kind of face")
    word.add_argument("--json", action="store_true", help="one line, for programs")
    word.add_argument("--weights", type=Path, help="folder of the model files; default: the ones that ship")
    word.set_defaults(run_command=commands.evaluate)


def _train(words: Words) -> None:
    word = words.add_parser("train", help="fit a network; goes on where a run in the same folder stopped")
    word.add_argument(
        "--data", type=Path, required=True, help="sheet folder, fer2013.csv, or folder of class folders"
    )
    word.add_argument(
        "--run", type=Path, default=Path("var/training"), help="folder of the run (%(default)s)"
    )
    word.add_argument(
        "--architecture", default="deep", help="a name in training/architecture.py (%(default)s)"
    )
    word.add_argument("--epochs", type=int, default=40)
    word.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate (%(default)s)")
    word.add_argument(
        "--variation", type=float, default=1.0, help="strength of the augmentation, 0 to 1 (%(default)s)"
    )
    word.add_argument(
        "--second-head", type=float, default=0.3, help="weight of FER2013's own labels (%(default)s)"
    )
    word.add_argument("--begin-with", type=Path, metavar="FITTED.keras", help="go on from its weights")
    word.add_argument(
        "--precision", default="float32", help="or mixed_bfloat16, where there is a unit for it"
    )
    word.add_argument(
        "--teacher", action="append", default=[], metavar="FITTED.keras", help="learn from it too"
    )
    word.add_argument("--seed", type=int, default=2026)
    word.set_defaults(run_command=commands.train)


def _export(words: Words) -> None:
    word = words.add_parser(
        "export", help="put a fitted network where it is served, and its hash in the contract"
    )
    word.add_argument("fitted", type=Path, metavar="FITTED.keras")
    word.add_argument("--data", type=Path, required=True, help="sheet folder, for temperature and parity")
    word.add_argument("--name", default="fer-plus-resnet-2", help="first part of the version (%(default)s)")
    word.set_defaults(run_command=commands.export)


def _report(words: Words) -> None:
    word = words.add_parser("report", help="write the figures of docs/model and of the model card anew")
    word.add_argument("pages", nargs="*", metavar="PAGE", help="framing, slices, ...; default: all")
    word.add_argument("--data", type=Path, required=True, help="as for evaluate")
    word.add_argument("--into", type=Path, default=Path("docs/model"), help="folder of pages (%(default)s)")
    word.add_argument("--every", type=int, default=1, help="use every n-th face (%(default)s)")
    word.set_defaults(run_command=commands.report)


def _bench(words: Words) -> None:
    word = words.add_parser("bench", help="frames a second on one core, and milliseconds by stage")
    word.add_argument("--json", action="store_true", help="one line, for programs")
    word.add_argument("--rounds", type=int, default=60, help="snippets of 8 frames (%(default)s)")
    word.add_argument(
        "--peers", type=lambda names: names.split(","), default=[], help="time these too: fer,deepface"
    )
    word.add_argument(
        "--compare",
        nargs="+",
        type=Path,
        metavar="CLIP",
        help="instead: how far the shortcut is from the full path",
    )
    word.set_defaults(run_command=commands.bench)


def _throughput(words: Words) -> None:
    word = words.add_parser("throughput", help="crops a second of the network alone, by runtime and batch")
    word.add_argument("--json", action="store_true", help="one line, for programs")
    word.add_argument(
        "--runtime", nargs="+", type=Runtime, choices=list(Runtime), default=list(Runtime), metavar="RUNTIME"
    )
    word.add_argument("--seconds", type=float, default=1.0, help="for each batch of each (%(default)s)")
    word.set_defaults(run_command=commands.throughput)


if __name__ == "__main__":
    sys.exit(main())
