"""What a file says once it is opened: observations against a person's own usual. Frozen; knows no keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.checkins import Phq4, Shared
from lti_tool.domain.remarks import Remark
from lti_tool.domain.stress import Doubt, Level
from lti_tool.records.models import Origin


@dataclass(frozen=True, slots=True)
class Observation:
    """One opened record. `score` is None when there was not enough to measure; `doubt` says why no level."""

    recorded_at: datetime
    session_id: UUID
    score: float | None
    low: float | None
    high: float | None
    level: Level
    doubt: Doubt | None
    coverage: float
    valid_frames: int
    frames: int
    reasons: Mapping[str, int]
    origin: Origin
    model_version: str
    score_version: str

    @property
    def words(self) -> str:
        """The level in words, with the reason where there is none."""
        if self.doubt is None:
            return self.level.words
        # Translators: "we could not tell: too little light".
        return gettext("%(level)s: %(why)s") % {"level": self.level.words, "why": self.doubt.words}


@dataclass(frozen=True, slots=True)
class OpenedCheckIn:
    """One opened check-in: how tense somebody said to be, from 0 to 10, and the PHQ-4 where they gave it."""

    public_id: UUID
    at: datetime
    stress: int
    phq4: Phq4 | None
    shared: Shared


@dataclass(frozen=True, slots=True)
class History:
    """One file in the order of time. `baseline` is None while the person's usual is still being learned.

    `remarks`: what the student said, by session. `check_ins`: what they said of themselves, oldest first.
    """

    observations: tuple[Observation, ...]
    baseline: BaselineValues | None
    remarks: Mapping[UUID, Remark]
    check_ins: tuple[OpenedCheckIn, ...] = ()

    @property
    def generated(self) -> bool:
        """Whether any of it was made up for a demonstration."""
        return any(observation.origin is Origin.GENERATED for observation in self.observations)
