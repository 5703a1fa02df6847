"""The one door to `inference`, opened late: only a worker ever measures. Knows no student and no database."""

import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from lti_tool.domain.stress import MeasuredStress

if TYPE_CHECKING:
    from inference import Analyser, Measurement

log = logging.getLogger(__name__)


def reason_unfit() -> str | None:
    """Why this worker cannot measure, found without opening a model: safe before the fork."""
    from inference import Analyser, InferenceError, Runtime

    try:
        Analyser.verify(runtime=Runtime(settings.INFERENCE_RUNTIME))
    except (InferenceError, ValueError) as error:
        return str(error)
    return None


def load() -> None:
    """Load the models now. After the fork, never before: a MediaPipe task does not survive one."""
    log.info("The network runs on: %s.", _analyser().stages.network.device)


def measure(frames: Sequence[bytes]) -> MeasuredStress:
    """Measure one snippet of JPEG frames. Not enough to see: a result without a score, not an error."""
    return _told(_analyser().measure(frames))


def measure_many(snippets: Sequence[Sequence[bytes]]) -> list[MeasuredStress]:
    """The same for each of several snippets, with one call of the network."""
    return [_told(found) for found in _analyser().measure_many(snippets)]


def _told(found: "Measurement") -> MeasuredStress:
    return MeasuredStress(
        score=found.score,
        low=found.low,
        high=found.high,
        frames=found.frames,
        valid_frames=found.valid_frames,
        coverage=found.coverage,
        reasons=dict(found.reasons),
        model_version=found.model_version,
        score_version=found.score_version,
    )


@cache
def _analyser() -> "Analyser":
    from inference import Analyser, Runtime

    return Analyser.load(runtime=Runtime(settings.INFERENCE_RUNTIME))
