"""framing.md: how faces are cut out, and what other ways would cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from inference.report.figures import STYLES, drawing
from inference.report.markdown import percent, points, table
from inference.report.study import Page, Study
from inference.training.framing import OTHER_SIDES, TILTS, FoundFaces, find_pasted, framings, moved_crops
from inference.training.intervals import Change
from inference.training.served import Answer

FEWEST = 100  # faces found, under which a line says nothing about accuracy
_HEADS = (
    "cut out", "accuracy", "change in points (95 %)", "cross-entropy, one half", "the other half",
    "its change (95 %)", "confidence",
)  # fmt: skip
_SIZES = ("pasted", "found", "accuracy of their training crops", "served", "change in points (95 %)")
_AXES = {"across": "px to the right", "down": "px down", "scale": "times as large", "angle": "degrees"}


def page(study: Study) -> Page:
    """Other framings, other sizes and tilts, and training crops moved."""
    moves = defaultdict(list)
    for way, far, answer in moved_crops(study.served, study.faces):
        moves[way].append((far, answer))
    for way, at_rest in (("across", 0.0), ("down", 0.0), ("scale", 1.0), ("angle", 0.0)):
        moves[way] = sorted([*moves[way], (at_rest, study.answer)], key=lambda pair: pair[0])
    tables = {
        "facts": f"{study.facts()} {study.pasted.share:.1%} were found when pasted.",
        "framings": table(_HEADS, _framings(study)),
        "sizes": table(_SIZES, _sizes(study)),
        "moved": table(("moved", *_HEADS[1:3], "cross-entropy", "confidence"), _moved(study, moves)),
    }
    return Page(tables, {"framing.svg": _drawn(moves)})


def _framings(study: Study) -> Iterator[tuple[str, ...]]:
    pasted = study.pasted
    trained = study.answer.where(pasted.rows)
    half = study.first_half[pasted.rows]
    for name, framing, reading in [("training crops", None, None), *framings(study.contract.framing)]:
        answer = trained
        if framing and reading:
            answer = study.served.about(pasted.faces, pasted.crops(framing, reading))
        loss, change = answer.cross_entropy, Change.between(answer.cross_entropy, trained.cross_entropy)
        yield (
            name,
            percent(float(answer.right.mean())),
            points(Change.between(answer.right, trained.right)),
            f"{loss[half].mean():.3f}",
            f"{loss[~half].mean():.3f}",
            f"{change.mean:+.3f} ({change.low:+.3f} to {change.high:+.3f})",
            f"{answer.confidence.mean():.3f}",
        )


def _sizes(study: Study) -> Iterator[tuple[str, ...]]:
    yield _size(study, study.pasted)
    for side in OTHER_SIDES:
        yield _size(study, find_pasted(study.faces, study.contract, side=side))
    for tilt in TILTS:
        yield _size(study, find_pasted(study.faces, study.contract, tilt=tilt))


def _size(study: Study, pasted: FoundFaces) -> tuple[str, ...]:
    words = f"{pasted.side} px of 640" + (f", tilted by {pasted.tilt:.0f} degrees" if pasted.tilt else "")
    if len(pasted.found) < FEWEST:
        return words, percent(pasted.share), "-", "-", "-"
    trained = study.answer.where(pasted.rows)
    served = study.served.about(pasted.faces, pasted.crops(study.contract.framing))
    accuracies = (percent(float(answer.right.mean())) for answer in (trained, served))
    return words, percent(pasted.share), *accuracies, points(Change.between(served.right, trained.right))


def _moved(study: Study, moves: dict[str, list[tuple[float, Answer]]]) -> Iterator[tuple[str, ...]]:
    for way, answers in moves.items():
        for far, answer in answers:
            yield (
                f"{far:g} {_AXES[way]}",
                percent(float(answer.right.mean())),
                points(Change.between(answer.right, study.answer.right)),
                f"{answer.cross_entropy.mean():.3f}",
                f"{answer.confidence.mean():.3f}",
            )


def _drawn(moves: dict[str, list[tuple[float, Answer]]]) -> bytes:
    with drawing(4, width=2.1, height=2.5) as drawn:
        for axes, (way, answers) in zip(drawn.axes, moves.items(), strict=True):
            far = [distance for distance, _ in answers]
            axes.plot(far, [answer.right.mean() for _, answer in answers], label="accuracy", **STYLES[0])
            axes.plot(
                far, [answer.confidence.mean() for _, answer in answers], label="confidence", **STYLES[1]
            )
            axes.set_xlabel(_AXES[way])
            axes.set_ylim(0.5, 0.9)
        drawn.axes[0].legend(fontsize=7, loc="lower center")
    return drawn.svg
