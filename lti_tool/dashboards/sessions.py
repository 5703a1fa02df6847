"""Sessions held against the person's usual as it is now. Pure: knows neither files nor pages."""

from dataclasses import dataclass

from lti_tool.domain.checkins import outranking
from lti_tool.domain.remarks import Remark, counts
from lti_tool.domain.stress import Level, level_of
from lti_tool.records.history import OpenedCheckIn
from lti_tool.records.summaries import SessionHistory, SessionSummary


@dataclass(frozen=True, slots=True)
class JudgedSession(SessionSummary):
    """One session, its level, what the student said of it, and how they said to be close to it."""

    level: Level
    remark: Remark | None = None
    said: OpenedCheckIn | None = None

    @property
    def tense(self) -> bool:
        """Whether it lay above the person's usual."""
        return self.level in {Level.RAISED, Level.HIGH}

    @property
    def counts(self) -> bool:
        """False when the student said that it does not fit: then nothing is concluded from it."""
        return counts(self.remark)


def sessions_of(history: SessionHistory) -> tuple[JudgedSession, ...]:
    """The sessions of a file, oldest first, each judged against the person's usual as it is now."""
    return tuple(
        _judge(session, history, outranking(session, history.check_ins)) for session in history.sessions
    )


def _judge(session: SessionSummary, history: SessionHistory, said: OpenedCheckIn | None) -> JudgedSession:
    values = {name: getattr(session, name) for name in SessionSummary.__slots__}
    level = level_of(session.score, session.low, session.high, history.baseline)
    return JudgedSession(**values, level=level, remark=history.remarks.get(session.session_id), said=said)
