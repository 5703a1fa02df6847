"""Fill the pages of `docs/model` and the model card, one after the other."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from inference.contract import WEIGHTS_DIR, Contract
from inference.errors import RuntimeNotInstalled, UnreadableInput
from inference.report import calibration, card, data_sheet, framing, gate, robustness, score, slices
from inference.report.markdown import fill
from inference.report.study import Page, Study
from inference.training.served import Served
from inference.training.sources import read_labelled

PAGES: Mapping[str, Callable[[Study], Page]] = {
    "framing": framing.page,
    "robustness": robustness.page,
    "slices": slices.page,
    "calibration": calibration.page,
    "quality-gate": gate.page,
    "score": score.page,
    "data-sheet": data_sheet.page,
    "MODEL_CARD": card.page,
}
PLACES: Mapping[str, Path] = {"MODEL_CARD": WEIGHTS_DIR / "MODEL_CARD.md"}  # the others lie together
FIGURES = "figures"


def write(data: Path, into: Path, *, pages: Sequence[str] = (), every: int = 1) -> list[str]:
    """Write the pages, all of them if none is named, from every n-th face. Returns the files written.

    Before it measures anything: raises UnreadableInput, RuntimeNotInstalled, and what `Contract.verify` does.
    """
    if unknown := {*pages} - {*PAGES}:
        raise UnreadableInput(f"{', '.join(sorted(unknown))}: not among {', '.join(PAGES)}")
    if not find_spec("matplotlib"):
        raise RuntimeNotInstalled("the plots need matplotlib: requirements.txt holds it")
    contract = Contract.read()
    contract.verify(WEIGHTS_DIR)
    faces = read_labelled(data).with_majority()
    study = Study(faces.where(np.arange(len(faces)) % every == 0), Served(contract), data)
    (into / FIGURES).mkdir(exist_ok=True)
    return [str(path) for name in pages or PAGES for path in _write_page(name, study, into)]


def _write_page(name: str, study: Study, into: Path) -> list[Path]:
    started = time.monotonic()
    path, page = PLACES.get(name, into / f"{name}.md"), PAGES[name](study)
    path.write_text(fill(path.read_text(), page.tables))
    figures = {into / FIGURES / figure: content for figure, content in page.figures.items()}
    for figure, content in figures.items():
        figure.write_bytes(content)
    sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s\n")
    return [path, *figures]
