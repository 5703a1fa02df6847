"""quality-gate.md: when a frame is not measured, and why there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from inference.contract import GateThresholds
from inference.faces import Face
from inference.quality import Picture, pitch, yaw
from inference.report.figures import STYLES, drawing
from inference.report.markdown import percent, table
from inference.report.study import Page, Study
from inference.training.gate import TRIED, Spoiled, Verdict, best, curve
from inference.training.intervals import Floats

PERCENTILES = (1, 5, 25, 50, 75, 95, 99)
_VERDICT = (
    "faces as they are, kept",
    "harmless pictures, kept",
    "harmed, left out",
    "of those left out, harmed",
)
_POSE: dict[str, Callable[[Face], float]] = {
    "confidence": lambda face: face.confidence,
    "roll, degrees": lambda face: face.roll,
    "yaw": yaw,
    "pitch": pitch,
}


def page(study: Study) -> Page:
    """What good faces measure, each limit's curve, and the gate as a whole against the first one."""
    limits, spoiled = study.contract.gate, Spoiled.of(study.served, study.faces)
    rest = spoiled.where(~study.first_half)
    found = best(spoiled.where(study.first_half), limits)
    gates = {
        "chosen by hand (the first gate)": rest.refused_by_hand(limits),
        "in the contract": rest.refused(limits),
        "best on the other half": rest.refused(found),
    }
    tables = {
        "facts": study.facts(),
        "measured": table(("measured", *(f"{each} %" for each in PERCENTILES)), _measured(study)),
        "gates": table(
            ("gate", *_VERDICT), ((name, *_shares(Verdict.on(rest, out))) for name, out in gates.items())
        ),
        "best": table(("limit", "in the contract", "best on the first half"), _both(limits, found)),
        "curves": table(("limit", "value", *_VERDICT), _curves(spoiled, limits)),
        "forms": table(("picture", "harmed", "left out", "harmed, of those kept"), _forms(spoiled, limits)),
    }
    return Page(tables, {"quality-gate.svg": _drawn(spoiled, limits)})


def _measured(study: Study) -> Iterator[tuple[str, ...]]:
    pasted = study.pasted
    pictures = [Picture.of(crop) for crop in pasted.crops(study.contract.framing)]
    poses = {name: [measure(face) for face in pasted.found] for name, measure in _POSE.items()}
    light = {name: [getattr(each, name) for each in pictures] for name in Picture.__slots__}
    for name, values in {**poses, **light}.items():
        measured: Floats = np.percentile(values, PERCENTILES)
        yield name, *(f"{value:.3g}" for value in measured)


def _both(limits: GateThresholds, found: GateThresholds) -> Iterator[tuple[str, ...]]:
    for name, values in TRIED.items():
        best_one = getattr(found, name)
        yield f"`{name}`", f"{getattr(limits, name):g}", "none" if best_one == values[0] else f"{best_one:g}"


def _curves(spoiled: Spoiled, limits: GateThresholds) -> Iterator[tuple[str, ...]]:
    for name in TRIED:
        for value, verdict in curve(spoiled, limits, name):
            chosen = f"**{value:g}**" if value == getattr(limits, name) else f"{value:g}"
            yield f"`{name}`", chosen, *_shares(verdict)


def _forms(spoiled: Spoiled, limits: GateThresholds) -> Iterator[tuple[str, ...]]:
    refused = spoiled.refused(limits)
    for name, harmed, out in zip(spoiled.forms, spoiled.harmed, refused, strict=True):
        kept = float(harmed[~out].mean()) if not out.all() else None
        yield name, percent(float(harmed.mean())), percent(float(out.mean())), percent(kept)


def _shares(verdict: Verdict) -> tuple[str, ...]:
    shares = (verdict.clean_kept, verdict.good_kept, verdict.caught, verdict.rightly)
    return tuple(percent(share) for share in shares)


def _drawn(spoiled: Spoiled, limits: GateThresholds) -> bytes:
    with drawing(1, width=4.6, height=3.4) as drawn:
        (axes,) = drawn.axes
        for style, name in zip(STYLES, TRIED, strict=True):
            verdicts = [verdict for _, verdict in curve(spoiled, limits, name)]
            kept, caught = ([100 * getattr(v, field) for v in verdicts] for field in ("good_kept", "caught"))
            axes.plot(kept, caught, label=name.replace("_", " "), **style)
        whole = Verdict.on(spoiled, spoiled.refused(limits))
        axes.plot(
            100 * whole.good_kept, 100 * whole.caught, "*", color="black", markersize=11, label="the gate"
        )
        axes.set_xlabel("harmless pictures that are kept, %")
        axes.set_ylabel("harmed pictures that are left out, %")
        axes.set_xlim(85, 100.3)
        axes.legend(fontsize=7)
    return drawn.svg
