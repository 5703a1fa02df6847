"""Time the pipeline on one core, from JPEG bytes to score. Needs no data but the sample beside it."""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from inference.analyser import Analyser
from inference.errors import InferenceError
from inference.frames import Gray, read_frame
from inference.stages import Stages

SAMPLE = Path(__file__).with_name("samples") / "astronaut.jpg"
SNIPPET = 8
JPEG_QUALITY = 85


class Stopwatch:
    """Seconds spent in each stage, one entry for every time it ran."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Note how long the block takes."""
        started = time.perf_counter()
        yield
        self._seconds[stage].append(time.perf_counter() - started)

    def medians_ms(self) -> dict[str, float]:
        """Milliseconds that each stage usually takes."""
        return {stage: 1e3 * statistics.median(seconds) for stage, seconds in self._seconds.items()}


def bench(rounds: int) -> dict[str, Any]:
    """Measure `rounds` snippets whole, then as many stage by stage."""
    pin_to_one_core()
    frames = sample_frames()
    whole, stages = Stopwatch(), Stopwatch()
    with Analyser.load() as analyser:
        if analyser.measure(frames).valid_frames < SNIPPET:
            raise InferenceError("the sample's own frames do not pass the quality gate: nothing to time")
        for _ in tqdm(range(rounds), "whole snippets"):
            with whole.time("snippet"):
                analyser.measure(frames)
        for _ in tqdm(range(rounds), "stage by stage"):
            _time_stages(analyser, frames, stages)
        return _report(analyser.contract.model_version, rounds, whole, stages)


def pin_to_one_core() -> None:
    """Keep this process, and every thread that it starts later, on the first core it may use."""
    cv2.setNumThreads(1)
    if hasattr(os, "sched_setaffinity"):  # not on macOS
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def sample_frames() -> list[bytes]:
    """One snippet of 640x480 camera frames: the sample face, a little moved and lit differently in each."""
    picture = cv2.imread(str(SAMPLE))
    if picture is None:
        raise InferenceError("the sample picture is not there")
    moved = (np.roll(picture, (2 * step, 3 * step), (0, 1)) for step in range(SNIPPET))
    lit = (cv2.convertScaleAbs(frame, alpha=0.9 + step / 40) for step, frame in enumerate(moved))
    return [
        cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes() for frame in lit
    ]


def _time_stages(analyser: Analyser, frames: list[bytes], watch: Stopwatch) -> None:
    """In the order of `Analyser.measure`: every frame to its crop, then all crops through the network."""
    stages = analyser.stages
    crops = [_time_crop(stages, jpeg, watch) for jpeg in frames]
    with watch.time("expressions"):
        shares = stages.network.shares(crops)
    with watch.time("score"):
        stages.scorer.score(shares), stages.scorer.robust_mean(shares)


def _time_crop(stages: Stages, jpeg: bytes, watch: Stopwatch) -> Gray:
    with watch.time("decode"):
        frame = read_frame(jpeg)
    with watch.time("detect"):
        (face,) = stages.finder.find(frame.rgb)
    with watch.time("crop"):
        crop = stages.aligner.cut_sharply(frame.gray(), face)
    with watch.time("gate"):
        stages.gate.against_size(stages.aligner.side(face) * frame.reduction)
        stages.gate.against_picture(crop)
        stages.gate.against_pose(face)
    return crop


def _report(model_version: str, rounds: int, whole: Stopwatch, stages: Stopwatch) -> dict[str, Any]:
    """All stages in milliseconds a frame; the score is worked out once a snippet and shared out."""
    each = stages.medians_ms()
    each["score"] /= SNIPPET
    each["expressions"] /= SNIPPET
    return {
        "frames_per_s": round(1e3 * SNIPPET / whole.medians_ms()["snippet"], 1),
        "stages_ms": {stage: round(milliseconds, 3) for stage, milliseconds in each.items()},
        "frames": rounds * SNIPPET,
        "cores": 1,
        "model_version": model_version,
    }
