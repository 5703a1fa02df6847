"""Show how far the shortcut's answers lie from the full path's, on any clips. Knows nothing of speed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inference.analyser import Analyser
from inference.clips import snippets
from inference.faces import Face, FaceFinder
from inference.frames import Rgb
from inference.measurement import Measurement

PROMISED = 0.01  # of the snippet's score


class CountingFinder(FaceFinder):
    """A detector that counts how often it is asked."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self.asked = 0

    def find(self, picture: Rgb) -> list[Face]:
        """As `FaceFinder.find`."""
        self.asked += 1
        return self._finder.find(picture)

    def close(self) -> None:
        """As `FaceFinder.close`."""
        self._finder.close()


@dataclass(frozen=True, slots=True)
class Pair:
    """One snippet measured both ways. tracked: frames that the detector did not see on the shortcut."""

    shortcut: Measurement
    full: Measurement
    tracked: int

    @property
    def score_difference(self) -> float:
        """1, the largest there is, where only one of them found enough to score."""
        if self.shortcut.score is None or self.full.score is None:
            return float(self.shortcut.score is not self.full.score)
        return abs(self.shortcut.score - self.full.score)


def both(analyser: Analyser, frames: Sequence[bytes], least_valid_frames: int | None = None) -> Pair:
    """Measure one snippet on the shortcut and on the full path, with the same models."""
    stages = analyser.stages
    counter = CountingFinder(stages.finder)
    shortcut, full = (
        Analyser(analyser.contract, each) for each in (replace(stages, finder=counter), stages.in_full())
    )
    measured = shortcut.measure(frames, least_valid_frames=least_valid_frames)
    reference = full.measure(frames, least_valid_frames=least_valid_frames)
    decodable = len(frames) - reference.reasons.get("undecodable", 0)
    return Pair(measured, reference, decodable - counter.asked)


def compare(clips: Sequence[Path]) -> dict[str, Any]:
    """Every snippet of every clip, both ways, and what differs. Raises UnreadableInput."""
    with Analyser.load() as analyser:
        by_clip = {
            clip.name: [both(analyser, each.frames, each.least_valid_frames) for each in snippets(clip)]
            for clip in clips
        }
        everything = [pair for pairs in by_clip.values() for pair in pairs]
        return {
            "model_version": analyser.contract.model_version,
            "clips": {name: summary(pairs) for name, pairs in by_clip.items()},
            "all": summary(everything),
        }


def summary(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Differences of the snippet's score and coverage, and how much was tracked at all."""
    scores = [pair.score_difference for pair in pairs]
    coverage = [abs(pair.shortcut.coverage - pair.full.coverage) for pair in pairs]
    frames = sum(pair.full.frames for pair in pairs)
    return {
        "snippets": len(pairs),
        "frames": frames,
        "tracked_frames": sum(pair.tracked for pair in pairs),
        "score_difference": {"largest": round(max(scores, default=0), 4), "mean": round(mean(scores), 5)},
        "coverage_difference": {"largest": max(coverage, default=0), "mean": round(mean(coverage), 5)},
        "other_reasons": sum(pair.shortcut.reasons != pair.full.reasons for pair in pairs),
        f"scores_further_apart_than_{PROMISED}": sum(score > PROMISED for score in scores),
    }


def mean(values: Iterable[float]) -> float:
    """0 where there are none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
