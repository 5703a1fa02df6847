"""Time installed peers on the same frames. Knows of each only the call that measures a picture."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from inference.errors import UnreadableInput

Bgr: TypeAlias = NDArray[np.uint8]
Measure: TypeAlias = Callable[[Bgr], object]

PASSES = 2  # over the snippet's frames; peers are slow, and one pass more warms them up


def fer() -> Measure:
    """The `fer` package with its default detector."""
    module = import_module("fer")
    if not hasattr(module, "FER"):
        module = import_module("fer.fer")  # where newer releases keep it
    measure: Measure = module.FER().detect_emotions
    return measure


def deepface() -> Measure:
    """The `deepface` package with a quick detector; it fetches its weights itself."""
    analyze = import_module("deepface.DeepFace").analyze
    return lambda picture: analyze(picture, actions=["emotion"], detector_backend="yunet")


PEERS: dict[str, Callable[[], Measure]] = {"fer": fer, "deepface": deepface}


def time_peers(names: Sequence[str], frames: Sequence[bytes], ours: float) -> dict[str, dict[str, Any]]:
    """Frames a second of each peer, JPEG bytes to expressions, and how often ours, `ours` a second, fits in.

    Raises UnreadableInput for a name that is not known here.
    """
    if unknown := set(names) - set(PEERS):
        raise UnreadableInput(f"{', '.join(sorted(unknown))}: not one of {', '.join(PEERS)}")
    return {name: _time_peer(name, frames, ours) for name in names}


def _time_peer(name: str, frames: Sequence[bytes], ours: float) -> dict[str, Any]:
    if not find_spec(name):
        return {"missing": f"not installed: pip install {name}"}
    try:
        rate = _frames_per_s(PEERS[name](), frames)
    except Exception as error:  # a peer may fail in any way it likes: the others shall be timed all the same
        return {"failed": f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"}
    return {"frames_per_s": round(rate, 2), "ours_is_faster_by": round(ours / rate, 1)}


def _frames_per_s(measure: Measure, frames: Sequence[bytes]) -> float:
    for jpeg in frames:
        measure(_decoded(jpeg))
    started = time.perf_counter()
    for jpeg in [*frames] * PASSES:
        measure(_decoded(jpeg))
    return PASSES * len(frames) / (time.perf_counter() - started)


def _decoded(jpeg: bytes) -> Bgr:
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)
