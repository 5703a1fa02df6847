"""Sessions as the rule of early warning sees them. Pure: knows no files and no keys."""

from collections.abc import Iterable

from lti_tool.domain.alerting import CheckIn, SessionLevel
from lti_tool.domain.checkins import Shared
from lti_tool.domain.remarks import counts
from lti_tool.domain.stress import level_of
from lti_tool.records.history import OpenedCheckIn
from lti_tool.records.summaries import SessionHistory


def levels_of(history: SessionHistory) -> tuple[SessionLevel, ...]:
    """Every session of a file, judged against the person's usual as it is now."""
    baseline = history.baseline
    return tuple(
        SessionLevel(
            session_id=str(session.session_id),
            started_at=session.started_at,
            ended_at=session.ended_at,
            level=level_of(session.score, session.low, session.high, baseline),
            low_z=None if baseline is None or session.low is None else baseline.z(session.low),
            counts=counts(history.remarks.get(session.session_id)),
        )
        for session in history.sessions
    )


def reports_of(check_ins: Iterable[OpenedCheckIn], *, said_low: int) -> tuple[CheckIn, ...]:
    """What the student said, as far as the rule may lean on it.

    One that no counselor may see can hold an alert back; it never raises one: that would tell it.
    """
    return tuple(
        CheckIn(report.at, report.stress)
        for report in check_ins
        if report.shared is not Shared.NOBODY or report.stress <= said_low
    )
