"""A measurement of one snippet, and what it means for one person. Knows nothing of cameras or storage."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from lti_tool.core.words import gettext
from lti_tool.core.words import gettext_noop as _
from lti_tool.domain.baseline import APART, BaselineValues


class Level(StrEnum):
    """Tension against a person's own usual."""

    UNKNOWN = "unknown"
    LOWER = "lower"
    USUAL = "usual"
    RAISED = "raised"
    HIGH = "high"

    @property
    def words(self) -> str:
        """What a page says. Never a diagnosis, never a percentage."""
        return gettext(_WORDS[self])


_WORDS = {
    Level.UNKNOWN: _("we could not tell"),
    Level.LOWER: _("less tension than usual"),
    Level.USUAL: _("your usual"),
    Level.RAISED: _("somewhat more tension than usual"),
    Level.HIGH: _("clearly more tension than usual"),
}


class Doubt(StrEnum):
    """Why there is no level."""

    NO_SCORE = "no_score"
    TOO_WIDE = "too_wide"
    CALIBRATING = "calibrating"

    @property
    def words(self) -> str:
        """What a page says under "we could not tell"."""
        return gettext(_DOUBT_WORDS[self])


_DOUBT_WORDS = {
    Doubt.NO_SCORE: _("not enough clear pictures"),
    Doubt.TOO_WIDE: _("the estimate was too uncertain"),
    Doubt.CALIBRATING: _("still learning your usual"),
}


@dataclass(frozen=True, slots=True)
class MeasuredStress:
    """What the analyser said about one snippet. `score` is None when there was not enough to measure."""

    score: float | None
    low: float | None
    high: float | None
    frames: int
    valid_frames: int
    coverage: float
    reasons: Mapping[str, int]
    model_version: str
    score_version: str

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for json.dumps."""
        return {name: getattr(self, name) for name in self.__slots__} | {"reasons": dict(self.reasons)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The measurement that `to_json` wrote; other keys are left alone."""
        return cls(**{name: values[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the bands begin, in spreads from the usual, and how wide an interval may be.

    A band is entered at its edge and left only `slack` further in, so that a level does not flicker.
    """

    raised: float = APART
    high: float = 3.0
    lower: float = -1.5
    slack: float = 0.5
    widest: float = 0.5

    def band(self, z: float, previous: Level) -> Level:
        """The band of `z`, given the band before."""
        if z >= self._edge(self.high, held=previous is Level.HIGH):
            return Level.HIGH
        if z >= self._edge(self.raised, held=previous in {Level.RAISED, Level.HIGH}):
            return Level.RAISED
        if -z >= self._edge(-self.lower, held=previous is Level.LOWER):
            return Level.LOWER
        return Level.USUAL

    def _edge(self, edge: float, *, held: bool) -> float:
        return edge - self.slack if held else edge


DEFAULT = Thresholds()


def doubt_about(
    score: float | None, low: float | None, high: float | None, baseline: BaselineValues | None
) -> Doubt | None:
    """Why no level can be said, or None when one can."""
    if score is None or low is None or high is None:
        return Doubt.NO_SCORE
    if high - low > DEFAULT.widest:
        return Doubt.TOO_WIDE
    return Doubt.CALIBRATING if baseline is None else None


def level_of(
    score: float | None,
    low: float | None,
    high: float | None,
    baseline: BaselineValues | None,
    previous: Level = Level.UNKNOWN,
) -> Level:
    """The level of a score against a person's own usual. UNKNOWN whenever there is a doubt."""
    if score is None or baseline is None or doubt_about(score, low, high, baseline):
        return Level.UNKNOWN
    return DEFAULT.band(baseline.z(score), previous)
