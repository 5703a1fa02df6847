"""The one door to `inference`, opened late: only a worker ever measures. Knows no student and no database."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from lti_tool.domain.stress import MeasuredStress

if TYPE_CHECKING:
    from inference import Analyser


def load() -> None:
    """Load the models now. After the fork, never before: a MediaPipe task does not survive one."""
    _analyser()


def measure(frames: Sequence[bytes]) -> MeasuredStress:
    """Measure one snippet of JPEG frames. Not enough to see: a result without a score, not an error."""
    found = _analyser().measure(frames)
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
    from inference import Analyser

    return Analyser.load()
