"""robustness.md: what spoiled pictures do to the answer."""

from __future__ import annotations

from inference.report.figures import drawing, ranges
from inference.report.markdown import percent, points, signed, table
from inference.report.study import Page, Study
from inference.training.robustness import Effect, effects

_HEADS = (
    "picture", "accuracy", "change in points (95 %)", "other top class", "the same, of those kept",
    "drift of the score", "its size", "its 95th percentile", "KL to votes", "left out by the gate",
)  # fmt: skip


def page(study: Study) -> Page:
    """The table of all perturbations, and their changes drawn."""
    found = list(effects(study.served, study.faces))
    return Page(
        {"facts": study.facts(), "perturbations": table(_HEADS, map(_row, found))},
        {"robustness.svg": _drawn(found[1:])},
    )


def _row(effect: Effect) -> tuple[str, ...]:
    return (
        effect.name,
        percent(effect.accuracy),
        points(effect.change),
        percent(effect.flips),
        percent(effect.kept_flips),
        signed(effect.drift),
        f"{effect.drift_size:.3f}",
        f"{effect.drift_95:.3f}",
        "-" if effect.kl_to_votes is None else f"{effect.kl_to_votes:.3f}",
        percent(effect.left_out),
    )


def _drawn(found: list[Effect]) -> bytes:
    with drawing(2, width=4.4, height=5.6) as drawn:
        changes, drifts = drawn.axes
        names = [effect.name for effect in found]
        ranges(
            changes,
            names,
            [100 * effect.change.mean for effect in found],
            [100 * effect.change.low for effect in found],
            [100 * effect.change.high for effect in found],
        )
        changes.set_xlabel("change of the accuracy, points, 95 %")
        ranges(drifts, names, [e.drift_size for e in found], [0.0] * len(found), [e.drift_95 for e in found])
        drifts.set_yticklabels([])
        drifts.set_xlabel("drift of a frame's score: mean size, and\n95 % of faces within the line")
    return drawn.svg
