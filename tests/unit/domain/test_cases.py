"""The human work on an alert."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.cases import (
    CaseState,
    ClosingReason,
    Step,
    StepNotAllowed,
    Urgency,
    Waiting,
    after,
    allowed,
    due_at,
    positive_predictive_value,
    queue_key,
    urgency,
)
from lti_tool.domain.staffing import StaffedHours

VIENNA = ZoneInfo("Europe/Vienna")
OFFICE = StaffedHours.parse("mon-fri 09:00-17:00", VIENNA)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=VIENNA)
DAY = timedelta(days=1)


def test_a_case_goes_from_new_to_closed_by_the_steps_of_its_flow() -> None:
    state = CaseState.NEW
    for step in (Step.ACKNOWLEDGE, Step.CONTACT, Step.MONITOR, Step.REFER, Step.CLOSE):
        state = after(state, step)
    assert state is CaseState.CLOSED
    assert after(state, Step.REOPEN) is CaseState.ACKNOWLEDGED


@pytest.mark.parametrize("state", CaseState)
def test_a_step_that_does_not_follow_is_refused(state: CaseState) -> None:
    for step in set(Step) - allowed(state):
        with pytest.raises(StepNotAllowed):
            after(state, step)
    assert allowed(state)


def test_nobody_contacts_or_hands_over_what_nobody_has_acknowledged() -> None:
    assert not {Step.CONTACT, Step.HAND_OVER, Step.REFER} & allowed(CaseState.NEW)


@pytest.mark.parametrize("state", [CaseState.MONITORING, CaseState.REFERRED, CaseState.CONTACTED])
def test_a_further_call_a_hand_over_or_an_owner_leaves_the_state_as_it_is(state: CaseState) -> None:
    for step in (Step.CONTACT, Step.HAND_OVER, Step.ASSIGN):
        assert after(state, step) is state


@given(st.lists(st.sampled_from(Step), max_size=30))
def test_every_case_can_always_be_closed_and_only_a_closed_one_reopened(steps: list[Step]) -> None:
    state = CaseState.NEW
    for step in steps:
        if step in allowed(state):
            state = after(state, step)
    assert (Step.CLOSE in allowed(state)) is (state is not CaseState.CLOSED)
    assert (Step.REOPEN in allowed(state)) is (state is CaseState.CLOSED)


def test_a_new_case_is_due_after_one_staffed_day_and_contact_after_two_more() -> None:
    friday = MONDAY + 4 * DAY
    assert due_at(CaseState.NEW, friday + timedelta(hours=4), OFFICE) == MONDAY + 7 * DAY + timedelta(hours=4)
    assert due_at(CaseState.ACKNOWLEDGED, MONDAY, OFFICE) == MONDAY + timedelta(days=1, hours=8)


@pytest.mark.parametrize("state", CaseState)
def test_every_open_case_has_a_due_time_even_where_nobody_is_ever_there(state: CaseState) -> None:
    due = due_at(state, MONDAY, StaffedHours((), VIENNA))
    assert (due is None) is (state is CaseState.CLOSED)
    assert due is None or due > MONDAY


AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def waiting(state: CaseState, days: float, due: float | None = 1, asked: float | None = None) -> Waiting:
    """Raised so many days ago, due in so many, and contact asked for so many ago."""
    return Waiting(
        state,
        AT - days * DAY,
        AT + due * DAY if due is not None else None,
        AT - asked * DAY if asked is not None else None,
    )


def test_the_queue_shows_first_what_needs_a_person_first() -> None:
    in_order = [
        waiting(CaseState.MONITORING, 1, 5, asked=0.5),
        waiting(CaseState.NEW, 1, 0.5, asked=0.2),
        waiting(CaseState.CONTACTED, 9, -2),
        waiting(CaseState.NEW, 5, -1),
        waiting(CaseState.NEW, 3),
        waiting(CaseState.NEW, 2),
        waiting(CaseState.REFERRED, 1, 3),
        waiting(CaseState.ACKNOWLEDGED, 8, 4),
        waiting(CaseState.CLOSED, 99, None, asked=50),
    ]
    mixed = [in_order[n] for n in (4, 0, 8, 6, 2, 7, 1, 5, 3)]
    assert sorted(mixed, key=lambda case: queue_key(case, AT)) == in_order
    assert [urgency(case, AT) for case in in_order] == [
        *[Urgency.ASKED_FOR_CONTACT] * 2,
        *[Urgency.OVERDUE] * 2,
        *[Urgency.UNACKNOWLEDGED] * 2,
        *[Urgency.DUE] * 2,
        Urgency.CLOSED,
    ]


def test_a_case_that_is_due_this_minute_is_overdue() -> None:
    assert urgency(waiting(CaseState.CONTACTED, 1, 0), AT) is Urgency.OVERDUE


def test_the_predictive_value_counts_only_what_is_known() -> None:
    closed = [
        *[ClosingReason.HELPED] * 2,
        ClosingReason.REFERRED,
        ClosingReason.FALSE_ALERT,
        ClosingReason.NO_CONTACT,
        ClosingReason.STUDENT_DECLINED,
        ClosingReason.WITHDRAWN,
        ClosingReason.OTHER,
    ]
    found = positive_predictive_value(closed)
    assert found is not None
    assert (found.value, found.n) == (0.75, 4)
    assert found.low == pytest.approx(0.3006, abs=1e-4)  # Wilson's interval of 3 in 4
    assert found.high == pytest.approx(0.9544, abs=1e-4)


def test_of_nothing_known_there_is_no_predictive_value() -> None:
    assert positive_predictive_value([ClosingReason.OTHER, ClosingReason.WITHDRAWN]) is None
