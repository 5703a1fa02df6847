"""Sessions held against the person's usual as it is now. Pure: knows neither files nor pages."""

from dataclasses import dataclass

from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import Level, level_of
from lti_tool.records.summaries import SessionHistory, SessionSummary


@dataclass(frozen=True, slots=True)
class JudgedSession(SessionSummary):
    """One session, and its level."""

    level: Level

    @property
    def tense(self) -> bool:
        """Whether it lay above the person's usual."""
        return self.level in {Level.RAISED, Level.HIGH}


def sessions_of(history: SessionHistory) -> tuple[JudgedSession, ...]:
    """The sessions of a file, oldest first, each judged against the person's usual as it is now."""
    return tuple(_judge(session, history.baseline) for session in history.sessions)


def _judge(session: SessionSummary, baseline: BaselineValues | None) -> JudgedSession:
    values = {name: getattr(session, name) for name in SessionSummary.__slots__}
    return JudgedSession(**values, level=level_of(session.score, session.low, session.high, baseline))
