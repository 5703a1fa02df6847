"""What the records of one session come to. A function of the records and of nothing else; knows no keys."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Self
from uuid import UUID

from lti_tool.domain.baseline import BaselineValues, session_median
from lti_tool.domain.remarks import Remark
from lti_tool.domain.stress import Level
from lti_tool.records.history import Observation, OpenedCheckIn
from lti_tool.records.models import Origin

MINUTE = timedelta(minutes=1)
_LIES_OPEN = ("session_id", "started_at", "ended_at")


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session. `score`, `low` and `high` are None where too little could be measured.

    The interval is that of a typical snippet of the session. It does not shrink with the number of snippets:
    what makes one snippet wrong (light, a habit of the face) makes its neighbours wrong in the same way.
    `levels` counts the snippets of each level, as it was told when they were taken.
    """

    session_id: UUID
    started_at: datetime
    ended_at: datetime
    score: float | None
    low: float | None
    high: float | None
    snippets: int
    frames: int
    valid_frames: int
    reasons: Mapping[str, int]
    levels: Mapping[Level, int]
    model_versions: tuple[str, ...]
    generated: bool

    @property
    def told(self) -> bool:
        """Whether anything can be said about this session."""
        return self.score is not None

    @property
    def minutes(self) -> int:
        """How long it lasted, at least one."""
        return max(1, round((self.ended_at - self.started_at) / MINUTE))

    def to_json(self) -> dict[str, Any]:
        """Plain values of what is sealed. The session's id and times lie open, and are bound to it."""
        return {name: getattr(self, name) for name in self.__slots__ if name not in _LIES_OPEN}

    @classmethod
    def from_json(
        cls, body: dict[str, Any], *, session_id: UUID, started_at: datetime, ended_at: datetime
    ) -> Self:
        """What `to_json` wrote."""
        body["levels"] = {Level(level): count for level, count in body["levels"].items()}
        body["model_versions"] = tuple(body["model_versions"])
        return cls(session_id=session_id, started_at=started_at, ended_at=ended_at, **body)


@dataclass(frozen=True, slots=True)
class SessionHistory:
    """The sessions of one file, oldest first. `baseline` is None while the usual is still being learned.

    `remarks`: what the student said, by session. `check_ins`: what they said of themselves, oldest first, as
    far as the reader may know. `only_check_ins`: nothing else is shown to the reader.
    """

    sessions: tuple[SessionSummary, ...]
    baseline: BaselineValues | None
    remarks: Mapping[UUID, Remark]
    check_ins: tuple[OpenedCheckIn, ...] = ()
    only_check_ins: bool = False

    @property
    def snippets(self) -> int:
        """How many were measured."""
        return sum(session.snippets for session in self.sessions)

    @property
    def generated(self) -> bool:
        """Whether any of it was made up for a demonstration."""
        return any(session.generated for session in self.sessions)


def summary_of(observations: Sequence[Observation]) -> SessionSummary:
    """The summary of one session's observations, at least one, in the order of time."""
    score = session_median([o.score for o in observations if o.score is not None])
    return SessionSummary(
        session_id=observations[0].session_id,
        started_at=observations[0].recorded_at,
        ended_at=observations[-1].recorded_at,
        score=score,
        low=_middle(o.low for o in observations) if score is not None else None,
        high=_middle(o.high for o in observations) if score is not None else None,
        snippets=len(observations),
        frames=sum(o.frames for o in observations),
        valid_frames=sum(o.valid_frames for o in observations),
        reasons=_reasons(observations),
        levels=dict(Counter(o.level for o in observations)),
        model_versions=tuple(sorted({o.model_version for o in observations})),
        generated=any(o.origin is Origin.GENERATED for o in observations),
    )


def _middle(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def _reasons(observations: Iterable[Observation]) -> Mapping[str, int]:
    """Why frames could not be used, the most frequent reason first."""
    counts: Counter[str] = Counter()
    for observation in observations:
        counts.update(observation.reasons)
    return dict(counts.most_common())
