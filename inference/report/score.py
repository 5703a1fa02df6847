"""score.md: whether the interval holds what it says, and how much the weights matter."""

from __future__ import annotations

from collections.abc import Iterator

from inference.report.figures import STYLES, drawing
from inference.report.markdown import percent, table
from inference.report.study import Page, Study
from inference.training.coverage import FRAMES, LIKENESS, METHODS, Coverage, coverages, populations_of
from inference.training.sensitivity import Bands, sensitivities

WIDEST = 0.5  # over which the tool says that it could not tell
_WORDS = {0.0: "none", 0.5: "0.5", 0.8: "0.8"}


def page(study: Study) -> Page:
    """Coverage by population, number of frames and method; then the bands with each weight moved."""
    populations = populations_of(study.served, study.answer)
    found = list(coverages(populations, study.contract.score, widest=WIDEST))
    heads = ("drawn from", "likeness", "interval", *(f"{frames} frames" for frames in FRAMES))
    moved = (
        (
            each.expression,
            f"{each.factor - 1:+.0%}",
            percent(each.changed),
            percent(each.alarms_changed),
            f"{each.rank_correlation:.4f}",
        )
        for each in sensitivities(study.answer, study.contract, Bands())
    )
    tables = {
        "facts": study.facts(),
        "coverage": table(heads, _lines(found)),
        "weights": table(
            ("weight of", "moved by", "another level", "into or out of the upper two", "rank correlation"),
            moved,
        ),
    }
    return Page(tables, {"score.svg": _drawn(found)})


def _lines(found: list[Coverage]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(found), len(FRAMES) * len(METHODS)):
        block = found[start : start + len(FRAMES) * len(METHODS)]
        for method in METHODS:
            own = [each for each in block if each.method == method]
            cells = (
                f"{percent(each.held)} (wide {each.width:.2f}, too wide {each.too_wide:.0%})" for each in own
            )
            yield own[0].population, _WORDS[own[0].likeness], method, *cells


def _drawn(found: list[Coverage]) -> bytes:
    with drawing(len(LIKENESS), width=2.8, height=2.8) as drawn:
        for axes, likeness in zip(drawn.axes, LIKENESS, strict=True):
            axes.axhline(95, color="0.8")
            for style, method in zip(STYLES, METHODS, strict=False):
                _line(
                    axes,
                    [each for each in found if (each.method, each.likeness) == (method, likeness)],
                    method,
                    style,
                )
            axes.set_title(f"correlation of neighbours {likeness:g}", fontsize=8)
            axes.set_xlabel("frames")
            axes.set_ylim(25, 100)
        drawn.axes[0].set_ylabel("intervals that hold the truth, %\n(mean over populations)")
        drawn.axes[-1].legend(fontsize=6.5, loc="upper right")
    return drawn.svg


def _line(axes: object, found: list[Coverage], method: str, style: dict[str, object]) -> None:
    held = [[each.held for each in found if each.frames == frames] for frames in FRAMES]
    axes.plot(FRAMES, [100 * sum(each) / len(each) for each in held], label=method, **style)  # type: ignore[attr-defined]
