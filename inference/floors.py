"""What each stage would cost if it were nothing but its library's own call. Knows nothing of the pipeline."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

import cv2
import mediapipe
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision.face_detector import FaceDetector, FaceDetectorOptions

from inference.contract import DETECTOR_FILE, NETWORK_FILE, WEIGHTS_DIR, Contract
from inference.frames import Gray, read_frame
from inference.tracking import PATCH


def floors_ms(frames: Sequence[bytes], crops: Sequence[Gray], rounds: int) -> dict[str, float]:
    """Milliseconds a frame, by stage. The score has none: it is arithmetic of our own."""
    calls: dict[str, Callable[[int], object]] = {
        "decode": lambda at: cv2.imdecode(_bytes(frames[at]), cv2.IMREAD_REDUCED_COLOR_2),
        "decode_gray": lambda at: cv2.imdecode(_bytes(frames[at]), cv2.IMREAD_REDUCED_GRAYSCALE_2),
        "track": _track(crops),
        "crop": _crop(frames),
        "gate": lambda at: (cv2.meanStdDev(crops[at]), cv2.meanStdDev(cv2.Laplacian(crops[at], cv2.CV_32F))),
        "expressions": _invoke(NETWORK_FILE, times=2 if Contract.read().mirror else 1),
        "blazeface_alone": _invoke(DETECTOR_FILE),
    }
    floors = {name: _median_ms(call, len(frames), rounds) for name, call in calls.items()}
    options = FaceDetectorOptions(BaseOptions(model_asset_buffer=(WEIGHTS_DIR / DETECTOR_FILE).read_bytes()))
    images = [mediapipe.Image(mediapipe.ImageFormat.SRGB, read_frame(jpeg).rgb) for jpeg in frames]
    with FaceDetector.create_from_options(options) as detector:
        floors["detect"] = _median_ms(lambda at: detector.detect(images[at]), len(frames), rounds)
    return floors


def _bytes(jpeg: bytes) -> Gray:
    return np.frombuffer(jpeg, np.uint8)


def _invoke(file: str, times: int = 1) -> Callable[[int], object]:
    """Runs of a model, on zeros: the time does not depend on the picture."""
    interpreter = Interpreter(str(WEIGHTS_DIR / file), num_threads=1)
    interpreter.allocate_tensors()
    return lambda _: [interpreter.invoke() for _ in range(times)]


def _crop(frames: Sequence[bytes]) -> Callable[[int], object]:
    grays = [read_frame(jpeg).gray().pixels for jpeg in frames]
    matrix = np.array([[3.0, 0.1, 90], [-0.1, 3.0, 30]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return lambda at: cv2.warpAffine(grays[at], matrix, (44, 44), flags=flags)


def _track(crops: Sequence[Gray]) -> Callable[[int], object]:
    """A frame's face is followed twice: from the detection before and from the one after."""
    sources, targets = (
        np.hstack([cv2.resize(crop, (PATCH, PATCH)) for crop in pair]) for pair in (crops[:2], crops[1:3])
    )
    across, down = np.meshgrid(np.linspace(0.2, 0.8, 4), np.linspace(0.2, 0.8, 4))
    grid = PATCH * np.stack([across, down], axis=-1).reshape(-1, 1, 2)
    starts = np.concatenate([grid, grid + np.array([PATCH, 0])]).astype(np.float32)
    ends = np.empty_like(starts)
    return lambda _: cv2.calcOpticalFlowPyrLK(sources, targets, starts, ends, winSize=(11, 11), maxLevel=2)


def _median_ms(call: Callable[[int], object], frames: int, rounds: int) -> float:
    spent = []
    for at in list(range(frames)) * rounds:
        started = time.perf_counter()
        call(at)
        spent.append(time.perf_counter() - started)
    return 1e3 * statistics.median(spent)
