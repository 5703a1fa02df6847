"""Spare the detector: find the face in some frames of a snippet, and follow it through those between.

A tracked face may only measure a frame, never refuse it: whatever cannot be verified, and whatever the gate
would not let pass easily, goes the whole way through `Stages.look`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from inference.contract import TrackingRule
from inference.faces import Face
from inference.frames import Gray, GrayFrame, Undecodable, read_gray
from inference.quality import QualityGate, Reason
from inference.tracking import Patch, Trace, agree, between, follow

if TYPE_CHECKING:
    from inference.stages import Shot, Stages


@dataclass(frozen=True, slots=True)
class End:
    """A frame that was measured by detection. place: in the snippet."""

    place: int
    shot: Shot
    patch: Patch


@dataclass(frozen=True, slots=True)
class Gap:
    """The frames between two ends."""

    before: End
    after: End

    def way(self, place: int, before: Face, after: Face) -> Face:
        """Between two faces, as far along as the place lies between the ends."""
        length = self.after.place - self.before.place
        return between(before, after, (place - self.before.place) / length)


@dataclass(frozen=True, slots=True)
class Guess:
    """A frame in a gap, with the patch where its face should be."""

    place: int
    gap: Gap
    frame: GrayFrame
    patch: Patch


class Shortcut:
    """Measures the frames of a snippet as `Stages.crop` does one by one, with fewer calls of the detector."""

    def __init__(self, stages: Stages, rule: TrackingRule) -> None:
        self._stages = stages
        self._careful = replace(
            stages, gate=QualityGate(stages.gate.limits.with_closer_pose(rule.pose_margin))
        )
        self._rule = rule

    def crops(self, frames: Sequence[bytes]) -> list[Gray | Reason]:
        """Each frame's aligned face, or the reason why it is not measured."""
        looks = {at: self._stages.look(frames[at]) for at in detected(len(frames), self._rule.detect_every)}
        gaps = [gap for gap in _gaps(looks) if self._rehearsed(gap)]
        known = {at: look if isinstance(look, Reason) else look.crop for at, look in looks.items()}
        known |= self._tracked(frames, gaps)
        return [known[at] if at in known else self._stages.crop(jpeg) for at, jpeg in enumerate(frames)]

    def _rehearsed(self, gap: Gap) -> bool:
        """Carry each end's face to the other end, where the answer is known: the same face, the same score?

        So tracking is tried on this very snippet, and so is how much the network minds a small difference.
        """
        ends = (gap.after, gap.before)
        traces = follow([(gap.before.patch, gap.after.patch), (gap.after.patch, gap.before.patch)])
        if not all(
            agree(trace, Trace(end.shot.face, 0.0), self._rule)
            for trace, end in zip(traces, ends, strict=True)
        ):
            return False
        cut = self._stages.aligner.cut_sharply
        carried = [cut(end.shot.frame, trace.face) for trace, end in zip(traces, ends, strict=True)]
        shares = self._stages.network.shares([*carried, *(end.shot.crop for end in ends)])
        scores = self._stages.scorer.frame_scores(shares)
        return bool(np.abs(scores[:2] - scores[2:]).max() <= self._rule.largest_score_error)

    def _tracked(self, frames: Sequence[bytes], gaps: list[Gap]) -> dict[int, Gray | Reason]:
        """The crops of those frames to which both ends' faces were carried alike, by their places."""
        guesses = [guess for gap in gaps for guess in _guesses(frames, gap)]
        early = follow([(guess.gap.before.patch, guess.patch) for guess in guesses])
        late = follow([(guess.gap.after.patch, guess.patch) for guess in guesses])
        crops = {}
        for guess, before, after in zip(guesses, early, late, strict=True):
            if agree(before, after, self._rule):
                face = guess.gap.way(guess.place, before.face, after.face)
                crops[guess.place] = self._careful.judged_crop(guess.frame, face)
        return {place: crop for place, crop in crops.items() if not isinstance(crop, Reason)}


def detected(frames: int, every: int) -> list[int]:
    """Places of the frames that the detector sees: first, last and evenly between, at most `every` apart."""
    gaps = max(1, ceil((frames - 1) / every))
    return sorted({round(place) for place in np.linspace(0, frames - 1, gaps + 1)}) if frames else []


def _gaps(looks: Mapping[int, Shot | Reason]) -> Iterator[Gap]:
    """Between neighbours that both show a face to measure, in frames of one size."""
    for (first, before), (last, after) in pairwise(looks.items()):
        if isinstance(before, Reason) or isinstance(after, Reason) or last - first < 2:
            continue
        if before.frame.pixels.shape == after.frame.pixels.shape:
            yield Gap(_end(first, before), _end(last, after))


def _end(place: int, shot: Shot) -> End:
    return End(place, shot, Patch.cut(shot.frame.pixels, shot.face))


def _guesses(frames: Sequence[bytes], gap: Gap) -> Iterator[Guess]:
    for place in range(gap.before.place + 1, gap.after.place):
        try:
            frame = read_gray(frames[place])
        except Undecodable:
            continue
        if frame.pixels.shape == gap.before.shot.frame.pixels.shape:
            face = gap.way(place, gap.before.shot.face, gap.after.shot.face)
            yield Guess(place, gap, frame, Patch.cut(frame.pixels, face))
