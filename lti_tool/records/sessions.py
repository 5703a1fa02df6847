"""The middle scores of a person's sessions, from which their usual is made. Knows no keys and no database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from lti_tool.domain import baseline as rules
from lti_tool.domain.baseline import BaselineValues
from lti_tool.records.summaries import SessionSummary


@dataclass(frozen=True, slots=True)
class SessionMedian:
    """One session: when it ended, and its middle score."""

    ended_at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class SessionMedians:
    """Sessions by id. Old ones fall out when there are enough newer ones."""

    by_session: Mapping[UUID, SessionMedian]

    def with_sessions(self, sessions: Iterable[SessionSummary]) -> Self:
        """These, with others or the same ones anew. A session that told too little does not count."""
        renewed = dict(self.by_session)
        for session in sessions:
            if session.score is not None:
                renewed[session.session_id] = SessionMedian(session.ended_at, session.score)
        return self._newest(renewed)

    def joined_with(self, other: Self) -> Self:
        """Both; where both know a session, as the other does."""
        return self._newest({**self.by_session, **other.by_session})

    def _newest(self, medians: Mapping[UUID, SessionMedian]) -> Self:
        newest = sorted(medians.items(), key=lambda item: item[1].ended_at)[-rules.SESSIONS_KEPT :]
        return type(self)(dict(newest))

    def since(self, moment: datetime) -> Self:
        """Without those that ended at this moment or before it."""
        return type(self)({id: m for id, m in self.by_session.items() if m.ended_at > moment})

    def without(self, sessions: Collection[UUID]) -> Self:
        """Without these sessions."""
        return type(self)({id: m for id, m in self.by_session.items() if id not in sessions})

    def values(self) -> BaselineValues | None:
        """The usual, or None while it is still being learned."""
        in_order = sorted(self.by_session.values(), key=lambda median: median.ended_at)
        return rules.from_sessions([median.score for median in in_order])

    def to_json(self) -> dict[str, list[Any]]:
        """Plain values, ready for json.dumps."""
        return {str(id): [m.ended_at.isoformat(), m.score] for id, m in self.by_session.items()}

    @classmethod
    def from_json(cls, body: Mapping[str, list[Any]]) -> Self:
        """What `to_json` wrote."""
        return cls(
            {UUID(id): SessionMedian(datetime.fromisoformat(at), score) for id, (at, score) in body.items()}
        )
