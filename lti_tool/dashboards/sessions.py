"""Sessions held against the person's usual as it is now. Pure: knows neither files nor pages."""

from dataclasses import dataclass

from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.remarks import Remark, counts
from lti_tool.domain.stress import Level, level_of
from lti_tool.records.summaries import SessionHistory, SessionSummary


@dataclass(frozen=True, slots=True)
class JudgedSession(SessionSummary):
    """One session, its level, and what the student said of it."""

    level: Level
    remark: Remark | None = None

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
        _judge(session, history.baseline, history.remarks.get(session.session_id))
        for session in history.sessions
    )


def _judge(session: SessionSummary, baseline: BaselineValues | None, remark: Remark | None) -> JudgedSession:
    values = {name: getattr(session, name) for name in SessionSummary.__slots__}
    level = level_of(session.score, session.low, session.high, baseline)
    return JudgedSession(**values, level=level, remark=remark)
