"""The middle scores of a person's sessions, from which their usual is made. Knows no keys and no database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from lti_tool.domain.baseline import LEARNING, BaselineValues
from lti_tool.records.summaries import SessionSummary


@dataclass(frozen=True, slots=True)
class SessionMedian:
    """One session: when it ended, and its middle score."""

    ended_at: datetime
    score: float


class _Known(NamedTuple):
    """The same, with whose it is."""

    ended_at: datetime
    score: float
    session_id: UUID


@dataclass(frozen=True, slots=True)
class SessionMedians:
    """Sessions by id: those that make the usual, and those that still wait to be learned from."""

    by_session: Mapping[UUID, SessionMedian]

    def with_sessions(self, sessions: Iterable[SessionSummary]) -> Self:
        """These, with others or the same ones anew. A session that told too little does not count."""
        renewed = dict(self.by_session)
        for session in sessions:
            if session.score is not None:
                renewed[session.session_id] = SessionMedian(session.ended_at, session.score)
        return self._remembered(renewed)

    def joined_with(self, other: Self) -> Self:
        """Both; where both know a session, as the other does."""
        return self._remembered({**self.by_session, **other.by_session})

    def _remembered(self, medians: Mapping[UUID, SessionMedian]) -> Self:
        kept = LEARNING.remembered(_in_order(medians))
        return type(self)({known.session_id: medians[known.session_id] for known in kept})

    def since(self, moment: datetime) -> Self:
        """Without those that ended at this moment or before it."""
        return type(self)({id: m for id, m in self.by_session.items() if m.ended_at > moment})

    def without(self, sessions: Collection[UUID]) -> Self:
        """Without these sessions."""
        return type(self)({id: m for id, m in self.by_session.items() if id not in sessions})

    def values(self) -> BaselineValues | None:
        """The usual, or None while it is still being learned."""
        return LEARNING.usual(_in_order(self.by_session))

    def to_json(self) -> dict[str, list[Any]]:
        """Plain values, ready for json.dumps."""
        return {str(id): [m.ended_at.isoformat(), m.score] for id, m in self.by_session.items()}

    @classmethod
    def from_json(cls, body: Mapping[str, list[Any]]) -> Self:
        """What `to_json` wrote."""
        return cls(
            {UUID(id): SessionMedian(datetime.fromisoformat(at), score) for id, (at, score) in body.items()}
        )


def _in_order(medians: Mapping[UUID, SessionMedian]) -> list[_Known]:
    return sorted(_Known(median.ended_at, median.score, id) for id, median in medians.items())
