"""One summary a session: its middle, its interval, and why it may have none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.stress import Level
from lti_tool.records.models import SUMMARY_SCHEMA, Origin
from lti_tool.records.sealed import dump, load
from lti_tool.records.summaries import SessionSummary, summary_of
from tests.factories import observed


def test_a_session_is_its_middle_snippet_with_that_snippets_interval() -> None:
    session = summary_of(observed(0.2, 0.3, 0.9))
    assert (session.score, session.low, session.high) == pytest.approx((0.3, 0.2, 0.4))
    assert session.minutes == 2


def test_more_snippets_do_not_make_the_interval_narrower() -> None:
    short, long = summary_of(observed(*[0.3] * 3)), summary_of(observed(*[0.3] * 300))
    assert (short.low, short.high) == (long.low, long.high)


def test_a_glance_tells_nothing() -> None:
    glance = summary_of(observed(0.3, 0.3))
    assert (glance.score, glance.low, glance.high) == (None, None, None)
    assert not glance.told
    assert glance.snippets == 2


def test_reasons_are_counted_over_the_session_the_most_frequent_first() -> None:
    session = summary_of(observed(None, None, 0.3))
    assert list(session.reasons.items()) == [("no_face", 12), ("too_dark", 4)]
    assert (session.valid_frames, session.frames) == (8, 24)


def test_levels_are_counted_as_they_were_told() -> None:
    first, *rest = observed(0.3, 0.3, None)
    session = summary_of([replace(first, level=Level.HIGH), *rest])
    assert session.levels == {Level.HIGH: 1, Level.USUAL: 1, Level.UNKNOWN: 1}


def test_one_generated_snippet_marks_its_session() -> None:
    (generated,) = observed(0.3, origin=Origin.GENERATED)
    assert summary_of([*observed(0.3, 0.3), generated]).generated
    assert not summary_of(observed(0.3, 0.3)).generated


@given(st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=30))
def test_what_is_sealed_is_what_was_summarised(scores: list[float | None]) -> None:
    session = summary_of(observed(*scores))
    opened = SessionSummary.from_json(
        load(dump(session.to_json())),
        session_id=session.session_id,
        started_at=session.started_at,
        ended_at=session.ended_at,
    )
    assert opened == session


def test_whoever_changes_what_a_summary_says_raises_its_schema() -> None:
    """Change the figures here and SUMMARY_SCHEMA together: otherwise the old ones stay in the files."""
    assert SUMMARY_SCHEMA == 1
    assert summary_of(observed(0.25, 0.5, 0.625, 0.75, None)).to_json() == {
        "score": 0.5625,
        "low": 0.4625,
        "high": 0.6625,
        "snippets": 5,
        "frames": 40,
        "valid_frames": 32,
        "reasons": {"no_face": 6, "too_dark": 2},
        "levels": {"usual": 4, "unknown": 1},
        "model_versions": ("m1",),
        "generated": False,
    }
