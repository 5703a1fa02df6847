"""When tension that persists becomes an alert."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.alerting import (
    Act,
    AlertPolicy,
    CheckIn,
    Closed,
    Decision,
    Pattern,
    Reason,
    SessionLevel,
    decide,
    pattern,
)
from lti_tool.domain.stress import Level

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, 10, tzinfo=UTC)
PLAIN = AlertPolicy(low_above=0.0, ask_first=False)
ASKING = replace(PLAIN, ask_first=True)


def session(
    day: float, level: Level = Level.RAISED, low_z: float | None = 1.0, *, counts: bool = True
) -> SessionLevel:
    began = START + day * DAY
    return SessionLevel(f"{day}", began, began + timedelta(minutes=30), level, low_z, counts)


def usual(day: float) -> SessionLevel:
    return session(day, Level.USUAL, -1.0)


def found_at(day: float, *sessions: SessionLevel, policy: AlertPolicy = PLAIN) -> Pattern | None:
    return pattern(sessions, policy, START + day * DAY)


PERSISTING = (session(0), usual(2), session(4), usual(6), session(8))


def test_three_raised_of_the_last_five_over_a_week_are_a_pattern() -> None:
    found = found_at(9, *PERSISTING)
    assert found == Pattern((PERSISTING[0], PERSISTING[2], PERSISTING[4]), looked_at=5)
    assert found.since == START


@pytest.mark.parametrize(
    ("sessions", "why"),
    [
        ((session(0), usual(2), usual(4), usual(6), session(8)), "two are too few"),
        ((usual(0), usual(2), session(4), session(6), session(8)), "they lie too close together"),
        ((session(0), session(2), usual(3), usual(4), usual(5), session(8)), "the third is not of the five"),
        ((session(0), session(4, low_z=-0.1), session(8)), "an interval reaches too low"),
        ((session(0), session(4, counts=False), session(8)), "the student says that one does not fit"),
        ((session(0), session(4, Level.UNKNOWN, None), session(8)), "one could not be told"),
    ],
)
def test_what_does_not_persist_is_no_pattern(sessions: tuple[SessionLevel, ...], why: str) -> None:
    assert found_at(9, *sessions) is None, why


def test_a_session_that_is_not_over_yet_is_not_known() -> None:
    assert found_at(7, *PERSISTING) is None


def test_a_pattern_ends_when_nothing_raised_came_for_a_week() -> None:
    assert found_at(15, *PERSISTING) is not None
    assert found_at(15.1, *PERSISTING) is None


def test_what_is_older_than_three_weeks_is_not_looked_at() -> None:
    assert found_at(21, session(0), session(14), session(20)) is not None
    assert found_at(21.1, session(0), session(14), session(20)) is None


def test_many_short_sessions_are_judged_by_the_same_share() -> None:
    calm = [usual(day / 4) for day in range(0, 40)]
    some = [session(0.1), session(5.1), session(9.9)]
    assert found_at(10, *calm, *some) is None
    tense = [session(day / 4) if day % 3 else usual(day / 4) for day in range(0, 40)]
    assert found_at(10, *tense) is not None


silent = st.lists(
    st.builds(
        lambda day, unknown: session(day, Level.UNKNOWN, None) if unknown else session(day, counts=False),
        st.floats(0, 8.9),
        st.booleans(),
    ),
    max_size=12,
)


@given(silent)
def test_sessions_from_which_nothing_may_be_concluded_change_nothing(others: list[SessionLevel]) -> None:
    assert found_at(9, *PERSISTING, *others) == found_at(9, *PERSISTING)
    assert found_at(9, *PERSISTING[1:], *others) == found_at(9, *PERSISTING[1:])


anything = st.lists(
    st.builds(
        session,
        st.floats(0, 25),
        st.sampled_from(Level),
        st.none() | st.floats(-3, 3),
        counts=st.booleans(),
    ),
    max_size=15,
)


@given(anything, st.floats(0, 26))
def test_a_pattern_never_holds_what_does_not_carry_it(sessions: list[SessionLevel], day: float) -> None:
    found = found_at(day, *sessions)
    if found is not None:
        assert all(PLAIN.carries(s) and s.ended_at <= START + day * DAY for s in found.sessions)
        assert len(found.sessions) >= PLAIN.needed_of(found.looked_at) >= PLAIN.at_least
        assert found.last.ended_at - found.since >= PLAIN.over


@given(anything, st.floats(0, 26))
def test_the_order_in_which_sessions_come_does_not_matter(sessions: list[SessionLevel], day: float) -> None:
    known, again = found_at(day, *sessions), found_at(day, *reversed(sessions))
    assert (known is None) == (again is None)


few = st.lists(st.builds(session, st.floats(0, 9), st.sampled_from(Level)), max_size=PLAIN.of_last)


@given(few)
def test_saying_that_a_session_does_not_fit_never_makes_a_pattern(sessions: list[SessionLevel]) -> None:
    """Of no more sessions than are looked at. Of more, an older one may take the place that came free."""
    if found_at(10, *sessions) is None:
        for taken in (s for s in sessions if PLAIN.carries(s)):
            assert found_at(10, *(s for s in sessions if s is not taken)) is None


FOUND = found_at(9, *PERSISTING)
AT = START + 9 * DAY


def test_without_a_pattern_nothing_is_done_whatever_was_said() -> None:
    said = [CheckIn(AT, 10)]
    assert decide(None, open_alert=False, check_ins=said, policy=PLAIN, at=AT).act is Act.NOTHING


def test_a_pattern_is_raised() -> None:
    assert decide(FOUND, open_alert=False, policy=PLAIN, at=AT) == Decision(Act.RAISE, Reason.PERSISTS)


@given(st.lists(st.integers(0, 10)), st.booleans())
def test_there_is_never_a_second_alert_while_a_case_is_open(said: list[int], asks: bool) -> None:
    check_ins = [CheckIn(AT, value) for value in said]
    policy = ASKING if asks else PLAIN
    assert decide(FOUND, open_alert=True, check_ins=check_ins, policy=policy, at=AT).act is Act.JOIN


@pytest.mark.parametrize(
    ("false_alert", "days", "act"),
    [(False, 13, Act.HOLD), (False, 14, Act.RAISE), (True, 27, Act.HOLD), (True, 28, Act.RAISE)],
)
def test_after_a_closing_it_is_quiet_for_longer_when_there_was_nothing(
    false_alert: bool, days: int, act: Act
) -> None:
    sessions = tuple(session(day + days) for day in (-9, -5, -1))
    found = found_at(days, *sessions)
    closed = Closed(START, false_alert)
    said = decide(found, open_alert=False, last_closed=closed, policy=PLAIN, at=START + days * DAY)
    assert said.act is act
    if act is Act.HOLD:
        assert said.until == START + (28 if false_alert else 14) * DAY


def test_what_was_known_at_the_closing_raises_no_second_alert() -> None:
    at = START + 14 * DAY
    policy = replace(PLAIN, quiet_after_closing=timedelta(0))
    found = pattern(PERSISTING, policy, at)
    closed = Closed(START + 10 * DAY)
    assert decide(found, open_alert=False, last_closed=closed, policy=policy, at=at) == Decision(
        Act.HOLD, Reason.ALREADY_SEEN
    )


def test_a_low_answer_since_the_pattern_began_holds_it_for_a_week() -> None:
    said = [CheckIn(AT - DAY, 2)]
    held = decide(FOUND, open_alert=False, check_ins=said, policy=PLAIN, at=AT)
    assert held == Decision(Act.HOLD, Reason.SAID_LOW, AT + 6 * DAY)
    later = decide(FOUND, open_alert=False, check_ins=said, policy=PLAIN, at=AT + 6 * DAY)
    assert later.act is Act.RAISE


def test_an_answer_from_before_the_pattern_says_nothing_about_it() -> None:
    said = [CheckIn(START - DAY, 0)]
    assert decide(FOUND, open_alert=False, check_ins=said, policy=PLAIN, at=AT).act is Act.RAISE


def test_the_newest_answer_counts() -> None:
    said = [CheckIn(AT - DAY, 1), CheckIn(AT - 2 * DAY, 9)]
    assert decide(FOUND, open_alert=False, check_ins=said, policy=PLAIN, at=AT).act is Act.HOLD


def test_a_high_answer_raises_at_once_where_it_would_be_asked_first() -> None:
    said = [CheckIn(AT - DAY, 8)]
    assert decide(FOUND, open_alert=False, check_ins=said, policy=ASKING, at=AT) == Decision(
        Act.RAISE, Reason.SAID_HIGH
    )


def test_a_high_answer_after_a_closing_ends_the_quiet_and_one_before_it_does_not() -> None:
    closed = Closed(AT - 2 * DAY, false_alert=True)
    for said, act in ((CheckIn(AT - DAY, 9), Act.RAISE), (CheckIn(AT - 3 * DAY, 9), Act.HOLD)):
        decision = decide(FOUND, open_alert=False, last_closed=closed, check_ins=[said], policy=ASKING, at=AT)
        assert decision.act is act


def test_the_student_is_asked_first_and_after_two_silent_days_it_is_raised() -> None:
    first = decide(FOUND, open_alert=False, policy=ASKING, at=AT)
    assert first == Decision(Act.ASK_FIRST, Reason.PERSISTS, AT + 2 * DAY)
    waiting = decide(FOUND, open_alert=False, asked_at=AT, policy=ASKING, at=AT + DAY)
    assert waiting == Decision(Act.HOLD, Reason.ASKED, AT + 2 * DAY)
    over = decide(FOUND, open_alert=False, asked_at=AT, policy=ASKING, at=AT + 2 * DAY)
    assert over == Decision(Act.RAISE, Reason.NOT_ANSWERED)


def test_having_been_asked_about_an_older_pattern_does_not_count() -> None:
    asked = START - DAY
    assert decide(FOUND, open_alert=False, asked_at=asked, policy=ASKING, at=AT).act is Act.ASK_FIRST


def test_an_answer_in_the_middle_lets_the_pattern_decide() -> None:
    said = [CheckIn(AT - DAY, 5)]
    assert decide(FOUND, open_alert=False, check_ins=said, policy=ASKING, at=AT).act is Act.RAISE
