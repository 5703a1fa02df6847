"""From sessions to the trend that a chart draws. Pure: knows no pixels."""

from collections.abc import Sequence
from datetime import datetime

from lti_tool.dashboards.chart_shapes import Estimate, Said, Trend, Usual
from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.dashboards.window import window
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import DEFAULT
from lti_tool.records.history import OpenedCheckIn


def trend_of(
    sessions: Sequence[JudgedSession],
    baseline: BaselineValues | None,
    now: datetime,
    check_ins: Sequence[OpenedCheckIn] = (),
) -> Trend:
    """The sessions of the window. The band is where a level is called "usual": words and picture agree."""
    moments = [session.started_at for session in sessions] + [check_in.at for check_in in check_ins]
    start, end = window(moments, now)
    shown = [session for session in sessions if start <= session.started_at < end]
    return Trend(
        estimates=tuple(estimate for session in shown if (estimate := _estimate(session))),
        unknown=tuple(session.started_at for session in shown if not session.told),
        usual=_usual(baseline) if baseline else None,
        start=start,
        end=end,
        now=now,
        said=tuple(Said(c.at, c.stress) for c in check_ins if start <= c.at < end),
    )


def _estimate(session: JudgedSession) -> Estimate | None:
    if session.score is None or session.low is None or session.high is None:
        return None
    return Estimate(session.started_at, session.score, session.low, session.high, counts=session.counts)


def _usual(baseline: BaselineValues) -> Usual:
    return Usual(
        middle=baseline.median, low=baseline.score_at(DEFAULT.lower), high=baseline.score_at(DEFAULT.raised)
    )
