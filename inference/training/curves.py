"""Draw how a run went. Knows its log and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure


def draw_curves(log: Sequence[Mapping[str, float]], to: Path) -> None:
    """Accuracy and macro-F1 on validation above, losses below, by epoch. Writes a PNG of about 40 kB."""
    figure = Figure(figsize=(7, 6), layout="constrained")
    above, below = figure.subplots(2, sharex=True)
    for axes, names in (
        (above, ("accuracy", "macro_f1", "fer2013_accuracy")),
        (below, ("loss", "cross_entropy")),
    ):
        for name, style in zip(names, ("-", "--", ":"), strict=False):
            if name not in log[-1]:
                continue
            axes.plot([line["epoch"] for line in log], [line[name] for line in log], style, color="black")
            axes.annotate(f" {name}", (log[-1]["epoch"], log[-1][name]), fontsize=8, va="center")
        axes.grid(alpha=0.3)
        axes.margins(x=0.16)
    below.set_xlabel("epoch (averaged weights on clean validation rows; loss: as fitted, with variation)")
    figure.savefig(to, dpi=110)
