"""What the pages say: they count, and conclude nothing."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pytest

from lti_tool.dashboards import words
from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.dashboards.words import THEIRS, YOURS
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import Level
from tests.factories.times import NOW

BASELINE = BaselineValues(median=0.3, mad=0.02, sessions=5)
QUIET = JudgedSession(
    session_id=uuid4(),
    started_at=NOW,
    ended_at=NOW,
    score=0.3,
    low=0.2,
    high=0.4,
    level=Level.USUAL,
    snippets=3,
    frames=24,
    valid_frames=24,
    reasons={},
    levels={Level.USUAL: 3},
    model_versions=("m1",),
    generated=False,
)
TENSE = replace(QUIET, score=0.6, level=Level.HIGH)
UNTOLD = replace(QUIET, score=None, low=None, high=None, level=Level.UNKNOWN)
VAGUE = replace(QUIET, low=0.0, high=1.0, level=Level.UNKNOWN)


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([], "No sessions yet."),
        ([QUIET] * 9, "No more tension than your usual in the last 5 sessions."),
        ([TENSE] * 9 + [QUIET] * 2, "More tension than your usual in 3 of the last 5 sessions."),
        ([TENSE], "More tension than your usual in 1 of the last 1 session."),
        ([TENSE, UNTOLD], "More tension than your usual in 1 of the last 1 session."),
        ([UNTOLD] * 2, "2 sessions, and in none could we tell enough."),
        ([VAGUE], "The estimates are too uncertain to compare with your usual."),
    ],
)
def test_the_last_sessions_are_counted_in_a_sentence(sessions: Sequence[JudgedSession], said: str) -> None:
    assert words.pattern_words(sessions, BASELINE, YOURS) == said


def test_while_the_usual_is_learned_nothing_is_compared() -> None:
    assert (
        words.pattern_words([TENSE, UNTOLD], None, THEIRS) == "Still learning their usual: 1 of 3 sessions."
    )


@pytest.mark.parametrize(("tense", "stands_out"), [(2, False), (3, True)])
def test_three_of_the_last_five_stand_out(tense: int, stands_out: bool) -> None:
    assert words.persists([QUIET] * 5 + [TENSE] * tense + [QUIET] * (5 - tense)) is stands_out


def test_old_tension_does_not_stand_out_for_ever() -> None:
    assert not words.persists([TENSE] * 20 + [QUIET] * 5)


def test_a_counselor_reads_their_usual_and_a_student_your_usual() -> None:
    assert words.level_words(Level.USUAL, THEIRS) == "their usual"
    assert words.level_words(Level.USUAL, YOURS) == "your usual"


def test_every_reason_of_the_quality_gate_has_words() -> None:
    from inference.quality import Reason

    assert {reason.value for reason in Reason} <= set(words.REASONS)
