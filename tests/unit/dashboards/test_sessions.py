"""One row a session: its middle, its interval, its level, and why it may have none."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lti_tool.dashboards.sessions import sessions_of
from lti_tool.dashboards.trends import trend_of
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import Level
from lti_tool.records.history import History, Observation
from lti_tool.records.models import Origin
from tests.factories.times import NOW

BASELINE = BaselineValues(median=0.3, mad=0.02, sessions=5)


def observed(
    score: float | None, *, session: UUID, minute: int = 0, origin: Origin = Origin.MEASURED
) -> Observation:
    return Observation(
        recorded_at=NOW + timedelta(minutes=minute),
        session_id=session,
        score=score,
        low=None if score is None else score - 0.1,
        high=None if score is None else score + 0.1,
        level=Level.UNKNOWN,
        doubt=None,
        coverage=1.0,
        valid_frames=8 if score is not None else 0,
        frames=8,
        reasons={} if score is not None else {"no_face": 6, "too_dark": 2},
        origin=origin,
        model_version="m1",
    )


def history(*scores: float | None, baseline: BaselineValues | None = BASELINE) -> History:
    session = uuid4()
    rows = tuple(observed(score, session=session, minute=minute) for minute, score in enumerate(scores))
    return History(rows, baseline)


def test_a_session_is_its_middle_snippet_with_that_snippets_interval() -> None:
    (session,) = sessions_of(history(0.2, 0.3, 0.9))
    assert (session.score, session.low, session.high) == pytest.approx((0.3, 0.2, 0.4))
    assert session.minutes == 2


def test_more_snippets_do_not_make_the_interval_narrower() -> None:
    (short,) = sessions_of(history(*[0.3] * 3))
    (long,) = sessions_of(history(*[0.3] * 300))
    assert (short.low, short.high) == (long.low, long.high)


def test_the_level_says_what_the_chart_shows() -> None:
    (tense,) = sessions_of(history(*[0.5] * 3))
    trend = trend_of([tense], BASELINE, NOW)
    assert tense.level is Level.HIGH
    assert trend.usual is not None
    assert trend.estimates[0].value > trend.usual.high


def test_a_glance_is_not_a_session_and_is_drawn_as_not_told() -> None:
    (glance,) = sessions_of(history(0.3, 0.3))
    assert not glance.told
    assert glance.level is Level.UNKNOWN
    assert trend_of([glance], BASELINE, NOW).unknown == (NOW,)


def test_reasons_are_counted_over_the_session_the_most_frequent_first() -> None:
    (session,) = sessions_of(history(None, None, 0.3))
    assert list(session.reasons.items()) == [("no_face", 12), ("too_dark", 4)]
    assert (session.valid_frames, session.frames) == (8, 24)


def test_one_generated_snippet_marks_its_session() -> None:
    session = uuid4()
    rows = (observed(0.3, session=session), observed(0.3, session=session, origin=Origin.GENERATED))
    assert sessions_of(History(rows, None))[0].generated


def test_sessions_that_overlap_are_kept_apart_and_in_order() -> None:
    first, second = uuid4(), uuid4()
    rows = [observed(0.3, session=first, minute=0), observed(0.3, session=second, minute=1)]
    rows += [observed(0.3, session=first, minute=2)]
    sessions = sessions_of(History(tuple(rows), None))
    assert [session.session_id for session in sessions] == [first, second]
    assert [session.snippets for session in sessions] == [2, 1]
