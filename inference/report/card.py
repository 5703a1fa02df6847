"""MODEL_CARD.md, beside the weights: how well the network does, how it becomes a score, which files it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from inference.contract import WEIGHTS_DIR
from inference.report.markdown import percent, percent_95, table
from inference.report.study import Page, Study
from inference.scoring import Scorer
from inference.training.judge import Judge

POWERS = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)  # of the prior
_CLASS_HEADS = ("expression", "faces", "precision", "recall", "recall, 95 %", "F1")


def page(study: Study) -> Page:
    """All tables of the card, from the same figures that `evaluate` prints."""
    judge = Judge(study.faces, study.contract, WEIGHTS_DIR)
    report = judge.report()
    files = [(f"`{name}`", f"`{sha}`") for name, sha in study.contract.files.items()]
    return Page(
        {
            "facts": study.facts(),
            "overall": table(("what", "figure", "95 % interval"), _overall(report)),
            "prior": table(("power of the prior", "agreement", "macro-F1"), _corrections(judge)),
            "classes": table(_CLASS_HEADS, _classes(report)),
            "confusion": _confusion(report),
            "weights": table(("expression", "weight", "score if it were the only one"), _weights(study)),
            "files": table(("file", "sha256"), files),
        }
    )


def _overall(report: dict[str, Any]) -> list[tuple[str, ...]]:
    majority, votes = (
        "agreement with the majority of the raters",
        "divergence from the raters' votes (KL), nats",
    )
    lines: list[tuple[str, ...]] = [
        (majority, percent(report["accuracy"]), percent_95(report["accuracy_95"])),
        ("macro-F1 over the eight expressions", f"{report['macro_f1']:.3f}", _plain(report["macro_f1_95"])),
        (votes, f"{report['kl_to_votes']:.3f}", _plain(report["kl_to_votes_95"])),
        (
            "calibration error: top probability against the share of raters",
            f"{report['ece_of_shares']:.3f}",
            "",
        ),
        ("calibration error: top probability against being the majority's", f"{report['ece']:.3f}", ""),
    ]
    if second := report.get("fer2013_head"):
        label = "second head: agreement with FER2013's own label"
        lines.append((label, percent(second["accuracy"]), percent_95(second["accuracy_95"])))
    return lines


def _corrections(judge: Judge) -> list[tuple[str, ...]]:
    reports = {power: judge.report(power) for power in POWERS}
    return [
        (f"{power:.1f}", percent(report["accuracy"]), f"{report['macro_f1']:.3f}")
        for power, report in reports.items()
    ]


def _classes(report: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"{row['n']:,}",
            percent(row["precision"]),
            percent(row["recall"]),
            percent_95(row["recall_95"]),
            f"{row['f1']:.3f}",
        )
        for name, row in report["per_class"].items()
    ]


def _confusion(report: dict[str, Any]) -> str:
    classes = report["confusion"]["classes"]
    rows = zip(classes, report["confusion"]["rows_true_columns_predicted"], strict=True)
    return table(("seen \\ said", *classes), [(f"**{name}**", *map(str, counts)) for name, counts in rows])


def _weights(study: Study) -> list[tuple[str, ...]]:
    rule, names = study.contract.score, study.contract.expressions
    alone = Scorer(rule, names).frame_scores(np.eye(len(names)))
    return [
        (name, f"{rule.weights[name]:+.1f}", f"{score:.2f}") for name, score in zip(names, alone, strict=True)
    ]


def _plain(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.3f}-{interval[1]:.3f}"
