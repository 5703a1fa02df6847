"""Sessions as the rule of early warning sees them. Pure: knows no files and no keys."""

from collections.abc import Iterable

from lti_tool.domain.alerting import CheckIn, SessionLevel, judged
from lti_tool.domain.checkins import Shared
from lti_tool.domain.remarks import counts
from lti_tool.records.history import OpenedCheckIn
from lti_tool.records.summaries import SessionHistory


def levels_of(history: SessionHistory) -> tuple[SessionLevel, ...]:
    """Every session of a file, judged against the person's usual as it is now."""
    return tuple(
        judged(
            str(session.session_id),
            session.started_at,
            session.ended_at,
            (session.score, session.low, session.high),
            history.baseline,
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
