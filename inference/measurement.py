"""What is said about one snippet. Knows nothing of how it was found, or of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measurement:
    """The expression pattern of one snippet as a score from 0 to 1, with what it rests on.

    score, low, high: None together when too few frames were valid; low and high enclose the score.
    coverage: valid frames as a share of all. reasons: why the other frames were left out, counted.
    expressions: mean share of raters who would choose each expression; None without a valid frame.
    """

    score: float | None
    low: float | None
    high: float | None
    frames: int
    valid_frames: int
    coverage: float
    reasons: Mapping[str, int]
    expressions: Mapping[str, float] | None
    model_version: str
    score_version: str

    def as_dict(self) -> dict[str, Any]:
        """The same, ready for `json.dumps`."""
        return asdict(self)
