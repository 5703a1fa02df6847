"""Time the pipeline on one core, from JPEG bytes to score. Needs no data but the sample beside it."""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from inference.analyser import Analyser
from inference.compare import both
from inference.errors import InferenceError
from inference.faces import Face
from inference.floors import floors_ms
from inference.frames import Gray, GrayFrame, read_frame, read_gray
from inference.peers import time_peers
from inference.stages import Stages
from inference.tracking import Patch, follow

Bgr: TypeAlias = NDArray[np.uint8]

SAMPLE = Path(__file__).with_name("samples") / "astronaut.jpg"
SNIPPET = 8
JPEG_QUALITY = 85
STAGES = ("decode", "decode_gray", "detect", "track", "crop", "gate", "expressions", "score")


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


def bench(rounds: int, peers: Sequence[str] = ()) -> dict[str, Any]:
    """Measure `rounds` snippets on the shortcut and, turn by turn, on the full path; then stage by stage."""
    pin_to_one_core()
    frames = sample_frames()
    whole, stages = Stopwatch(), Stopwatch()
    with Analyser.load() as analyser:
        tracked = _checked(analyser, frames)
        full = Analyser(analyser.contract, analyser.stages.in_full())
        for _ in tqdm(range(rounds), "whole snippets"):
            with whole.time("shortcut"):
                analyser.measure(frames)
            with whole.time("full"):
                full.measure(frames)
        for _ in tqdm(range(rounds), "stage by stage"):
            crops = _time_stages(analyser.stages, frames, stages)
        report = _report(rounds, whole, stages) | {
            "tracked_share": tracked / SNIPPET,
            "model_version": analyser.contract.model_version,
        }
    floors = floors_ms(frames, crops, rounds)
    report["floors_ms"] = {stage: round(spent, 3) for stage, spent in floors.items()}
    return report | ({"peers": time_peers(peers, frames, report["frames_per_s"])} if peers else {})


def _checked(analyser: Analyser, frames: list[bytes]) -> int:
    """How many frames of the sample are tracked. A sample that cannot be measured has nothing to time."""
    pair = both(analyser, frames)
    if pair.shortcut.valid_frames < SNIPPET:
        raise InferenceError("the sample's own frames do not pass the quality gate: nothing to time")
    return pair.tracked


def pin_to_one_core() -> None:
    """Keep this process, and every thread that it starts later, on the first core it may use."""
    cv2.setNumThreads(1)
    if hasattr(os, "sched_setaffinity"):  # not on macOS
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def sample_frames() -> list[bytes]:
    """One snippet of 640x480 camera frames: the sample face as somebody who reads would hold it.

    It sways by some pixels, turns by a degree, leans in by a percent, and the light flickers by two.
    """
    picture = cv2.imread(str(SAMPLE))
    if picture is None:
        raise InferenceError("the sample picture is not there")
    return [as_jpeg(swayed(np.asarray(picture, dtype=np.uint8), step)) for step in range(SNIPPET)]


def swayed(picture: Bgr, step: float, reach: float = 1.0) -> Bgr:
    """A picture some quarters of a second later. reach: how lively, 1 for somebody who sits and reads."""
    height, width = picture.shape[:2]
    wave, slower = np.sin(step / 1.5), np.sin(step / 2.3)
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), reach * slower, 1 + 0.01 * reach * wave)
    motion = np.asarray(turned, dtype=np.float64)
    motion[:, 2] += reach * np.array([6 * wave, 3 * slower])
    moved = cv2.warpAffine(picture, motion, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.convertScaleAbs(moved, alpha=1 + 0.02 * reach * slower), dtype=np.uint8)


def as_jpeg(picture: Bgr) -> bytes:
    """As a camera page sends it."""
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()


def _time_stages(stages: Stages, frames: list[bytes], watch: Stopwatch) -> list[Gray]:
    """What each stage costs one frame that takes it. The detector sees all here, and all are tracked too."""
    shots = [_time_shot(stages, jpeg, watch) for jpeg in frames]
    patches = [Patch.cut(frame.pixels, face) for frame, face, _ in shots]
    with watch.time("track"):
        ends = zip(patches, [*patches[1:], patches[0]], strict=True)
        follow([*ends, *zip(patches, [patches[-1], *patches[:-1]], strict=True)])
    crops = [crop for *_, crop in shots]
    with watch.time("expressions"):
        shares = stages.network.shares(crops)
    with watch.time("score"):
        stages.scorer.score(shares), stages.scorer.robust_mean(shares)
    return crops


def _time_shot(stages: Stages, jpeg: bytes, watch: Stopwatch) -> tuple[GrayFrame, Face, Gray]:
    with watch.time("decode"):
        frame = read_frame(jpeg)
    with watch.time("decode_gray"):
        gray = read_gray(jpeg)
    with watch.time("detect"):
        (face,) = stages.finder.find(frame.rgb)
    with watch.time("crop"):
        crop = stages.aligner.cut_sharply(gray, face)
    with watch.time("gate"):
        stages.gate.against_size(stages.aligner.side(face) * gray.reduction)
        stages.gate.against_picture(crop)
        stages.gate.against_pose(face)
    return gray, face, crop


def _report(rounds: int, whole: Stopwatch, stages: Stopwatch) -> dict[str, Any]:
    """Stages in milliseconds a frame; what is worked out once a snippet is shared out."""
    each, snippets = stages.medians_ms(), whole.medians_ms()
    each |= {stage: each[stage] / SNIPPET for stage in ("track", "expressions", "score")}
    return {
        "frames_per_s": round(1e3 * SNIPPET / snippets["shortcut"], 1),
        "full_path_frames_per_s": round(1e3 * SNIPPET / snippets["full"], 1),
        "shortcut_is_faster_by": round(snippets["full"] / snippets["shortcut"], 2),
        "stages_ms": {stage: round(each[stage], 3) for stage in STAGES},
        "frames": rounds * SNIPPET,
        "cores": 1,
    }


def table(report: dict[str, Any]) -> str:
    """The report for people: every stage beside its floor."""
    lines = [
        f"{report['frames_per_s']} frames/s on one core, {report['tracked_share']:.0%} of them tracked",
        f"{report['full_path_frames_per_s']} frames/s where the detector sees every frame"
        f" (shortcut / full: {report['shortcut_is_faster_by']})",
        "",
        f"{'ms a frame':14}{'stage':>8}{'floor':>8}",
    ]
    floors = report["floors_ms"]
    for stage, spent in report["stages_ms"].items():
        lines.append(f"{stage:14}{spent:8.3f}{floors.get(stage, float('nan')):8.3f}")
    lines.append(f"{'(BlazeFace run without MediaPipe:':33}{floors['blazeface_alone']:.3f})")
    for name, peer in report.get("peers", {}).items():
        lines.append(f"{name}: " + ", ".join(f"{key} {value}" for key, value in peer.items()))
    return "\n".join(lines)
