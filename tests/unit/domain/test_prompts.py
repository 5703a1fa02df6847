"""A break is offered seldom, at an end or a beginning, and "no" is heard."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.prompts import Moment, OfferRule, Offers, Replied, Reply, together
from tests.factories.times import NOW

RULE = OfferRule()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

steps = st.lists(
    st.tuples(
        st.integers(0, 6 * 60), st.sampled_from(Moment), st.booleans(), st.sampled_from([*Reply, None, "off"])
    ),
    max_size=40,
)


def lived(steps: Iterable[tuple[int, Moment, bool, object]]) -> tuple[Offers, list[datetime]]:
    """What is remembered, and what was shown, after minutes of waiting, a moment, and a reply each."""
    offers, shown, at = Offers(), [], NOW
    for minutes, moment, timed, reply in steps:
        at += minutes * MINUTE
        if not RULE.allows(offers, moment=moment, timed=timed, at=at):
            continue
        assert not timed
        shown.append(at)
        offers = offers.since(at - RULE.remembered).showing(at)
        if isinstance(reply, Reply):
            offers = offers.replied(reply, at + MINUTE)
    return offers, shown


@given(steps=steps)
def test_never_two_in_45_minutes_nor_three_in_any_24_hours(
    steps: list[tuple[int, Moment, bool, object]],
) -> None:
    _, shown = lived(steps)
    assert all(later - earlier >= 45 * MINUTE for earlier, later in pairwise(shown))
    assert all(third - first >= DAY for first, third in zip(shown, shown[2:], strict=False))


@given(steps=steps)
def test_a_dismissal_silences_for_a_day_and_two_in_a_row_for_a_week(
    steps: list[tuple[int, Moment, bool, object]],
) -> None:
    offers, shown = lived(steps)
    row = 0
    for replied in offers.replies:
        row = row + 1 if replied.reply is Reply.DISMISSED else 0
        quiet = (timedelta(0), DAY)[min(row, 1)] if row < 2 else timedelta(days=7)
        assert not [at for at in shown if replied.at < at < replied.at + quiet]


@given(steps=steps, moment=st.sampled_from(Moment), minutes=st.integers(0, 10**6))
def test_off_is_off_at_any_time(
    steps: list[tuple[int, Moment, bool, object]], moment: Moment, minutes: int
) -> None:
    offers, _ = lived(steps)
    assert not RULE.allows(offers.switched(off=True), moment=moment, timed=False, at=NOW + minutes * MINUTE)


@given(steps=steps, minutes=st.integers(0, 10**6))
def test_nothing_is_offered_beside_timed_work_or_between_transitions(
    steps: list[tuple[int, Moment, bool, object]], minutes: int
) -> None:
    offers, at = lived(steps)[0], NOW + minutes * MINUTE
    assert not RULE.allows(offers, moment=None, timed=False, at=at)
    assert not any(RULE.allows(offers, moment=moment, timed=True, at=at) for moment in Moment)


@given(steps=steps)
def test_silence_ends(steps: list[tuple[int, Moment, bool, object]]) -> None:
    """Nobody who is not off is forgotten for ever: eight days after the last, the rule allows again."""
    offers, _ = lived(steps)
    latest = max((*offers.shown, *(replied.at for replied in offers.replies)), default=NOW)
    assert RULE.allows(offers, moment=Moment.END, timed=False, at=latest + timedelta(days=8))


@given(one=steps, other=steps)
def test_two_courses_together_never_allow_what_one_of_them_forbids(
    one: list[tuple[int, Moment, bool, object]], other: list[tuple[int, Moment, bool, object]]
) -> None:
    first, second = lived(one)[0].switched(off=False), lived(other)[0]
    both = together([first, second])
    at = max((*both.shown, NOW)) + 10 * MINUTE
    seldom = RULE._is_seldom(first, at) and RULE._is_seldom(second, at)
    assert not RULE._is_seldom(both, at) or seldom
    assert both.last_dismissal == max(
        (moment for moment in (first.last_dismissal, second.last_dismissal) if moment), default=None
    )


def test_the_first_may_be_offered_at_every_transition() -> None:
    assert all(RULE.allows(Offers(), moment=moment, timed=False, at=NOW) for moment in Moment)


@pytest.mark.parametrize(
    ("replies", "row"),
    [
        ([], 0),
        ([Reply.DISMISSED], 1),
        ([Reply.DISMISSED, Reply.DISMISSED], 2),
        ([Reply.DISMISSED, Reply.DISMISSED, Reply.ACCEPTED], 0),
        ([Reply.DISMISSED, Reply.ACCEPTED, Reply.DISMISSED], 1),
    ],
)
def test_a_break_that_was_taken_ends_the_row(replies: list[Reply], row: int) -> None:
    said = tuple(Replied(NOW + n * HOUR, reply) for n, reply in enumerate(replies))
    assert Offers(replies=said).dismissed_in_a_row == row


def test_after_two_dismissals_in_a_row_a_week_is_quiet_to_the_minute() -> None:
    offers = Offers().replied(Reply.DISMISSED, NOW - 2 * DAY).replied(Reply.DISMISSED, NOW)
    week = NOW + timedelta(days=7)
    assert not RULE.allows(offers, moment=Moment.PAUSE, timed=False, at=week - MINUTE)
    assert RULE.allows(offers, moment=Moment.PAUSE, timed=False, at=week)


def test_a_clock_that_was_set_back_offers_nothing_more() -> None:
    offers = Offers().showing(NOW)
    assert not RULE.allows(offers, moment=Moment.PAUSE, timed=False, at=NOW - HOUR)
