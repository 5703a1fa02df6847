"""Draw for paper: black and gray, told apart by line and mark. The same data give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

# matplotlib's types are not installed beside every environment that checks this file.
Axes: TypeAlias = Any
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "black", "linestyle": "-", "marker": "o"},
    {"color": "black", "linestyle": "--", "marker": "s", "markerfacecolor": "white"},
    {"color": "0.45", "linestyle": "-", "marker": "^"},
    {"color": "0.45", "linestyle": ":", "marker": "D", "markerfacecolor": "white"},
    {"color": "0.7", "linestyle": "-.", "marker": "v"},
)
_SETTINGS = {
    "svg.hashsalt": "attune",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "0.9",
    "lines.markersize": 4,
    "lines.linewidth": 1.2,
    "legend.frameon": False,
}


class Drawing:
    """A row of axes, and after the block that draws on them, the file's bytes."""

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self.svg = b""


@contextmanager
def drawing(columns: int = 1, *, rows: int = 1, width: float = 3.4, height: float = 2.8) -> Iterator[Drawing]:
    """`with drawing(2) as (...)`: axes of this size in inches each, saved as SVG at the end of the block."""
    import matplotlib as mpl  # only in the full requirement set
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(width * columns, height * rows), layout="constrained")
        drawn = Drawing(figure.subplots(rows, columns, squeeze=False).ravel())
        yield drawn
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    drawn.svg = file.getvalue()


def ranges(axes: Axes, names: list[str], middles: list[float], lows: list[float], highs: list[float]) -> None:
    """A dot with its interval for each name, from top to bottom."""
    places = range(len(names), 0, -1)
    axes.hlines(places, lows, highs, color="0.45", linewidth=1.5)
    axes.plot(middles, places, linestyle="", marker="o", color="black")
    axes.set_yticks(places, names)
    axes.grid(visible=False, axis="y")
