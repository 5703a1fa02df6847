"""slices.md: whether some faces fare worse than others."""

from __future__ import annotations

from inference.report.figures import drawing, ranges
from inference.report.markdown import percent, percent_95, signed, table
from inference.report.study import Page, Study
from inference.training.proxies import picture_proxies, pose_proxies
from inference.training.slices import Slice, slices, threshold

_HEADS = (
    "by", "faces", "n", "accuracy (95 %)", "macro-F1", "mean score", "bias of the score", "neutral",
    "false stress (95 %)",
)  # fmt: skip


def page(study: Study) -> Page:
    """One line for every bin of every proxy, and the same drawn."""
    proxies = {**picture_proxies(study.faces), **pose_proxies(study.pasted)}
    found = list(slices(study.served, study.answer, proxies))
    limit = threshold(study.served, study.answer)
    facts = f"{study.facts()} False stress: a frame of a neutral face scores over {limit:.3f}."
    return Page({"facts": facts, "slices": table(_HEADS, map(_row, found))}, {"slices.svg": _drawn(found)})


def _row(found: Slice) -> tuple[str, ...]:
    return (
        found.proxy,
        found.bin,
        f"{found.n:,}",
        f"{percent(found.accuracy)} ({percent_95(found.accuracy_95)})",
        f"{found.macro_f1:.3f}",
        f"{found.mean_score:.3f}",
        signed(found.bias),
        f"{found.neutral:,}",
        f"{percent(found.false_stress)} ({percent_95(found.false_stress_95)})",
    )


def _drawn(found: list[Slice]) -> bytes:
    with drawing(2, width=4.4, height=8.4) as drawn:
        accuracy, alarms = drawn.axes
        names = [f"{each.proxy.split(',')[0]}: {each.bin}" for each in found]
        ranges(accuracy, names, [100 * e.accuracy for e in found], *_ends([e.accuracy_95 for e in found]))
        accuracy.set_xlabel("accuracy, %, 95 %")
        rates = [100 * (each.false_stress or 0.0) for each in found]
        ranges(alarms, names, rates, *_ends([e.false_stress_95 for e in found]))
        alarms.axvline(5, color="0.6", linestyle=":")
        alarms.set_yticklabels([])
        alarms.set_xlabel("false stress of neutral faces, %, 95 %")
    return drawn.svg


def _ends(intervals: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [100 * low for low, _ in intervals], [100 * high for _, high in intervals]
