"""A session against the usual: its level says what the chart shows."""

from lti_tool.dashboards.sessions import sessions_of
from lti_tool.dashboards.trends import trend_of
from lti_tool.dashboards.words import YOURS, pattern_words
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.remarks import Remark
from lti_tool.domain.stress import Level
from lti_tool.records.summaries import SessionHistory, summary_of
from tests.factories import observed
from tests.factories.times import NOW

BASELINE = BaselineValues(median=0.3, mad=0.02, sessions=5)


def history(*scores: float | None, baseline: BaselineValues | None = BASELINE) -> SessionHistory:
    return SessionHistory((summary_of(observed(*scores)),), baseline, {})


def test_the_level_says_what_the_chart_shows() -> None:
    (tense,) = sessions_of(history(*[0.5] * 3))
    trend = trend_of([tense], BASELINE, NOW)
    assert tense.level is Level.HIGH
    assert tense.tense
    assert trend.usual is not None
    assert trend.estimates[0].value > trend.usual.high


def test_a_glance_is_not_a_session_and_is_drawn_as_not_told() -> None:
    (glance,) = sessions_of(history(0.3, 0.3))
    assert not glance.told
    assert glance.level is Level.UNKNOWN
    assert trend_of([glance], BASELINE, NOW).unknown == (NOW,)


def test_while_the_usual_is_learned_a_session_has_no_level() -> None:
    (session,) = sessions_of(history(*[0.5] * 3, baseline=None))
    assert session.told
    assert session.level is Level.UNKNOWN


def test_what_does_not_fit_is_set_apart_and_nothing_is_concluded_from_it() -> None:
    summaries = tuple(summary_of(observed(*[0.9] * 3)) for _ in range(4))
    remarks = {
        summaries[0].session_id: Remark("no", does_not_fit=True),
        summaries[1].session_id: Remark("so"),
    }
    sessions = sessions_of(SessionHistory(summaries, BASELINE, remarks))
    assert [session.counts for session in sessions] == [False, True, True, True]
    assert [session.level for session in sessions] == [Level.HIGH] * 4
    assert (
        pattern_words(sessions, BASELINE, YOURS)
        == "More tension than your usual in 3 of the last 3 sessions."
    )
    assert [estimate.counts for estimate in trend_of(sessions, BASELINE, NOW).estimates] == [
        False,
        True,
        True,
        True,
    ]
