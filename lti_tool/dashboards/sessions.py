"""One row a session, made from its snippets. Pure: knows neither files nor pages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from lti_tool.domain.baseline import BaselineValues, session_median
from lti_tool.domain.stress import Level, level_of
from lti_tool.records.history import History, Observation
from lti_tool.records.models import Origin

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session. `score`, `low` and `high` are None where too little could be measured.

    The interval is that of a typical snippet of the session. It does not shrink with the number of snippets:
    what makes one snippet wrong (light, a habit of the face) makes its neighbours wrong in the same way.
    """

    session_id: UUID
    started_at: datetime
    ended_at: datetime
    score: float | None
    low: float | None
    high: float | None
    level: Level
    snippets: int
    frames: int
    valid_frames: int
    reasons: Mapping[str, int]
    model_versions: tuple[str, ...]
    generated: bool

    @property
    def told(self) -> bool:
        """Whether anything can be said about this session."""
        return self.score is not None

    @property
    def tense(self) -> bool:
        """Whether it lay above the person's usual."""
        return self.level in {Level.RAISED, Level.HIGH}

    @property
    def minutes(self) -> int:
        """How long it lasted, at least one."""
        return max(1, round((self.ended_at - self.started_at) / MINUTE))


def sessions_of(history: History) -> tuple[SessionSummary, ...]:
    """The sessions of a file, oldest first, each judged against the person's usual as it is now."""
    grouped: dict[UUID, list[Observation]] = {}
    for observation in history.observations:
        grouped.setdefault(observation.session_id, []).append(observation)
    sessions = [_summary(observations, history.baseline) for observations in grouped.values()]
    return tuple(sorted(sessions, key=lambda session: session.started_at))


def _summary(observations: Sequence[Observation], baseline: BaselineValues | None) -> SessionSummary:
    score = session_median([o.score for o in observations if o.score is not None])
    low = _middle(o.low for o in observations) if score is not None else None
    high = _middle(o.high for o in observations) if score is not None else None
    return SessionSummary(
        session_id=observations[0].session_id,
        started_at=observations[0].recorded_at,
        ended_at=observations[-1].recorded_at,
        score=score,
        low=low,
        high=high,
        level=level_of(score, low, high, baseline),
        snippets=len(observations),
        frames=sum(o.frames for o in observations),
        valid_frames=sum(o.valid_frames for o in observations),
        reasons=_reasons(observations),
        model_versions=tuple(sorted({o.model_version for o in observations})),
        generated=any(o.origin == Origin.GENERATED for o in observations),
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
