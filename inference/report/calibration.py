"""calibration.md: whether a probability means what it promises."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from inference.expressions import softmax
from inference.report.figures import STYLES, Axes, drawing
from inference.report.markdown import table
from inference.report.study import Page, Study
from inference.training.calibration import divergences, expected_calibration_error, fit_temperature
from inference.training.dataset import LabelledFaces
from inference.training.intervals import Floats, interval_of_mean

BINS = 10
_HEADS = (
    "temperature", "its value", "KL to votes, nats (95 %)", "top probability against share of raters",
    "top probability against being right", "mean top probability",
)  # fmt: skip


def page(study: Study) -> Page:
    """Both promises before and after a temperature; all are judged on the faces that fitted none here."""
    logits = study.served.logits(study.faces)
    chosen, rest = study.first_half, ~study.first_half
    faces, majority = study.faces.where(rest), study.faces.majority[chosen]
    right = np.eye(len(study.contract.expressions), dtype=np.float32)[majority]
    temperatures = {
        "none": 1.0,
        "in the contract": study.contract.temperature,
        "for the share of raters, fitted on the other half": fit_temperature(
            logits[chosen], study.faces.votes[chosen]
        ),
        "for being right, fitted on the other half": fit_temperature(logits[chosen], right),
    }
    shares = {name: softmax(logits[rest] / value) for name, value in temperatures.items()}
    rows = [_row(name, temperatures[name], said, faces) for name, said in shares.items()]
    return Page(
        {"facts": study.facts(), "calibration": table(_HEADS, rows)},
        {"calibration.svg": _drawn(shares, faces)},
    )


def _row(name: str, temperature: float, shares: Floats, faces: LabelledFaces) -> tuple[str, ...]:
    divergence = divergences(shares, faces.votes)
    low, high = interval_of_mean(divergence)
    top = shares.max(axis=1)
    return (
        name,
        f"{temperature:.3f}",
        f"{divergence.mean():.3f} ({low:.3f}-{high:.3f})",
        *(f"{expected_calibration_error(top, outcome):.3f}" for outcome in _outcomes(shares, faces)),
        f"{top.mean():.3f}",
    )


def _outcomes(shares: Floats, faces: LabelledFaces) -> tuple[Floats, Floats]:
    """The share of raters who chose the top class, and whether it is the majority's: (N,) each."""
    top = shares.argmax(axis=1)
    agreeing = np.take_along_axis(faces.votes, top[:, None], axis=1)[:, 0]
    return np.asarray(agreeing, dtype=np.float64), np.asarray(top == faces.majority, dtype=np.float64)


def _drawn(shares: Mapping[str, Floats], faces: LabelledFaces) -> bytes:
    promises = ("share of raters who chose it", "share of faces where it is right")
    with drawing(2, height=3.6) as drawn:
        for place, (axes, promise) in enumerate(zip(drawn.axes, promises, strict=True)):
            axes.plot([0, 1], [0, 1], color="0.8")
            for style, (name, said) in zip(STYLES, shares.items(), strict=False):
                _line(axes, said.max(axis=1), _outcomes(said, faces)[place], name, style)
            axes.set_xlabel("top probability")
            axes.set_ylabel(promise)
        drawn.axes[0].legend(fontsize=6.5, loc="upper left")
    return drawn.svg


def _line(axes: Axes, said: Floats, came: Floats, name: str, style: Mapping[str, object]) -> None:
    bins: NDArray[np.int64] = np.minimum((said * BINS).astype(np.int64), BINS - 1)
    held = [bins == index for index in range(BINS) if (bins == index).sum() >= 20]
    axes.plot([said[rows].mean() for rows in held], [came[rows].mean() for rows in held], label=name, **style)
