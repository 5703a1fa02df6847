"""Fill the pages of `docs/model`, one after the other."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

from inference.contract import Contract
from inference.report import calibration, framing, gate, robustness, score, slices
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
}
FIGURES = "figures"


def write(data: Path, into: Path, *, pages: Iterable[str] = (), every: int = 1) -> list[str]:
    """Write the pages, all of them if none is named, from every n-th face. Returns the files written."""
    faces = read_labelled(data).with_majority()
    study = Study(faces.where(np.arange(len(faces)) % every == 0), Served(Contract.read()))
    (into / FIGURES).mkdir(exist_ok=True)
    return [str(path) for name in pages or PAGES for path in _write_page(name, study, into)]


def _write_page(name: str, study: Study, into: Path) -> list[Path]:
    started = time.monotonic()
    path, page = into / f"{name}.md", PAGES[name](study)
    path.write_text(fill(path.read_text(), page.tables))
    figures = {into / FIGURES / figure: content for figure, content in page.figures.items()}
    for figure, content in figures.items():
        figure.write_bytes(content)
    sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s\n")
    return [path, *figures]
