"""Steps of a case: which follow, who may take them, and what is counted."""

from datetime import timedelta

import pytest
from django.utils.crypto import get_random_string

from lti_tool.alerts import services
from lti_tool.alerts.errors import CaseMissing, NotACounselorHere, StepNotNow
from lti_tool.alerts.models import Case, CaseStep, Outcome
from lti_tool.alerts.services.working import NEED_MORE
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.cases import CaseState, ClosingReason, Step, after, allowed, due_at
from lti_tool.lti.models import Context, PlatformUser
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases

WAYS = {
    CaseState.NEW: [],
    CaseState.ACKNOWLEDGED: [Step.ACKNOWLEDGE],
    CaseState.CONTACTED: [Step.ACKNOWLEDGE, Step.CONTACT],
    CaseState.MONITORING: [Step.ACKNOWLEDGE, Step.MONITOR],
    CaseState.REFERRED: [Step.ACKNOWLEDGE, Step.REFER],
}


def do(case: Case, by: PlatformUser, step: Step, **values: object) -> Case:
    """Any step, by the service that it has."""
    match step:
        case Step.CLOSE:
            return services.close(case=case, by=by, reason=ClosingReason.HELPED, at=NOW)
        case Step.REOPEN:
            return services.reopen(case=case, by=by, at=NOW)
        case Step.HAND_OVER:
            to = make.make_counselor(case.context, name="Cato")
            return services.hand_over(case=case, by=by, to=to, at=NOW)
        case _:
            return services.take_step(case=case, by=by, step=step, at=NOW)


def brought_to(state: CaseState, case: Case, by: PlatformUser) -> Case:
    for step in WAYS.get(state, [Step.CLOSE]):
        do(case, by, step)
    case.refresh_from_db()
    assert case.state == state
    return case


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("step", Step)
def test_every_step_from_every_state_is_taken_or_refused(
    case: Case, counselor: PlatformUser, state: CaseState, step: Step
) -> None:
    brought_to(state, case, counselor)
    before = case.steps.count()
    if step not in allowed(state):
        with pytest.raises(StepNotNow):
            do(case, counselor, step)
        kept = Case.objects.get(pk=case.pk)
        assert (kept.state, kept.changed_at, kept.steps.count()) == (state, case.changed_at, before)
        return
    moved = do(case, counselor, step)
    kept = Case.objects.get(pk=case.pk)
    assert kept.state == moved.state == after(state, step)
    last = kept.steps.last()
    assert last is not None
    assert (last.step, last.by, last.at, kept.steps.count()) == (step, counselor, NOW, before + 1)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.subject) == (Action.CASE_STEP, f"case:{case.public_id}")
    assert entry.actor == str(counselor.pseudonym)
    assert (kept.closed_at is None) == kept.is_open == (kept.state != CaseState.CLOSED)


@pytest.mark.parametrize("step", sorted(NEED_MORE))
def test_what_needs_more_than_a_code_is_refused_as_a_plain_step(
    case: Case, counselor: PlatformUser, step: Step
) -> None:
    for state in (CaseState.ACKNOWLEDGED, CaseState.CLOSED):
        brought_to(state, case, counselor)
        with pytest.raises(StepNotNow):
            services.take_step(case=case, by=counselor, step=step, at=NOW)


@pytest.mark.parametrize("who", ["student", "instructor", "counselor of another course", "past counselor"])
@pytest.mark.parametrize("step", Step)
def test_nobody_but_a_counselor_of_the_course_takes_a_step(
    case: Case, counselor: PlatformUser, who: str, step: Step
) -> None:
    state = next(state for state in CaseState if step in allowed(state))
    brought_to(state, case, counselor)
    person = {
        "student": case.student,
        "instructor": make.make_instructor(case.context),
        "counselor of another course": make.make_counselor(
            make.make_context(deployment=case.context.deployment)
        ),
        "past counselor": make.make_counselor(case.context),
    }[who]
    if who == "past counselor":
        person.counselor_grants.update(revoked_at=NOW)
    with pytest.raises(CaseMissing):
        do(case, person, step)
    assert Case.objects.get(pk=case.pk).state == state


def test_nobody_works_on_a_case_of_their_own(case: Case) -> None:
    make.make_counselor_of(case.student, case.context)
    with pytest.raises(CaseMissing):
        do(case, case.student, Step.ACKNOWLEDGE)


def test_who_acknowledges_has_it(case: Case, counselor: PlatformUser) -> None:
    services.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
    case.refresh_from_db()
    assert (case.owner, case.acknowledged_at) == (counselor, NOW)


def test_a_colleagues_call_takes_nobodys_case_away_and_taking_it_does(
    case: Case, counselor: PlatformUser
) -> None:
    colleague = make.make_counselor(case.context, name="Cato")
    do(case, counselor, Step.ACKNOWLEDGE)
    assert do(case, colleague, Step.CONTACT).owner == counselor
    assert do(case, colleague, Step.ASSIGN).owner == colleague


def test_of_two_acknowledgements_one_is_told_that_it_came_late(case: Case, counselor: PlatformUser) -> None:
    """Both have the same page open."""
    colleague = make.make_counselor(case.context, name="Cato")
    mine, theirs = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    services.take_step(case=mine, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
    with pytest.raises(StepNotNow):
        services.take_step(case=theirs, by=colleague, step=Step.ACKNOWLEDGE, at=NOW)
    case.refresh_from_db()
    assert case.owner == counselor
    assert case.steps.count() == 1


def test_each_state_has_its_due_time_and_it_may_be_another(case: Case, counselor: PlatformUser) -> None:
    hours = cases.desk(case.context).staffed_hours()
    for step, state in ((Step.ACKNOWLEDGE, CaseState.ACKNOWLEDGED), (Step.MONITOR, CaseState.MONITORING)):
        assert do(case, counselor, step).due_at == due_at(state, NOW, hours)
    later = NOW + timedelta(days=40)
    moved = services.take_step(case=case, by=counselor, step=Step.CONTACT, due=later, at=NOW)
    assert moved.due_at == later


@pytest.mark.parametrize("who", ["student", "instructor", "counselor of another course", "past counselor"])
def test_a_case_is_handed_over_to_a_counselor_of_its_course_only(
    case: Case, counselor: PlatformUser, who: str
) -> None:
    do(case, counselor, Step.ACKNOWLEDGE)
    to = {
        "student": case.student,
        "instructor": make.make_instructor(case.context),
        "counselor of another course": make.make_counselor(
            make.make_context(deployment=case.context.deployment)
        ),
        "past counselor": make.make_counselor(case.context, at=NOW - timedelta(days=60 * 365)),
    }[who]
    if who == "student":
        make.make_counselor_of(case.student, case.context)
    with pytest.raises(NotACounselorHere):
        services.hand_over(case=case, by=counselor, to=to, at=NOW)
    case.refresh_from_db()
    assert case.owner == counselor


def test_handing_over_says_to_whom_and_names_nobody_in_the_audit(case: Case, counselor: PlatformUser) -> None:
    to = make.make_counselor(case.context, name="Cato")
    do(case, counselor, Step.ACKNOWLEDGE)
    handed = services.hand_over(case=case, by=counselor, to=to, at=NOW)
    assert handed.owner == to
    assert case.steps.last() == CaseStep.objects.get(step=Step.HAND_OVER, detail=str(to.pseudonym))
    assert AuditEntry.objects.latest("sequence").purpose == Step.HAND_OVER


def outcomes() -> dict[tuple[str, str], int]:
    return {(row.origin, row.reason): row.cases for row in Outcome.objects.exclude(cases=0)}


def test_reasons_are_counted_up_and_a_reopened_case_down_again(case: Case, counselor: PlatformUser) -> None:
    services.close(case=case, by=counselor, reason=ClosingReason.FALSE_ALERT, at=NOW)
    assert outcomes() == {("asked", "false_alert"): 1}
    services.reopen(case=case, by=counselor, at=NOW + timedelta(days=30))
    assert outcomes() == {}
    services.close(case=case, by=counselor, reason=ClosingReason.REFERRED, at=NOW + timedelta(days=30))
    assert outcomes() == {("asked", "referred"): 1}
    assert {row.month.day for row in Outcome.objects.all()} == {1}


def test_what_is_counted_names_nobody_and_outlives_the_case(case: Case, counselor: PlatformUser) -> None:
    services.close(case=case, by=counselor, reason=ClosingReason.HELPED, at=NOW)
    services.delete_old_cases(at=NOW + timedelta(days=181))
    assert not Case.objects.exists()
    assert outcomes() == {("asked", "helped"): 1}
    related = {field.name for field in Outcome._meta.get_fields() if field.is_relation}
    assert related == {"deployment"}


def test_a_reopened_case_is_the_reopeners_and_open(case: Case, counselor: PlatformUser) -> None:
    colleague = make.make_counselor(case.context, name="Cato")
    do(case, counselor, Step.CLOSE)
    opened = services.reopen(case=case, by=colleague, at=NOW)
    assert (opened.owner, opened.closed_at, opened.closing_reason) == (colleague, None, "")
    assert opened.due_at is not None


def test_a_closed_case_stays_closed_while_another_is_open(
    case: Case, counselor: PlatformUser, student: PlatformUser, context: Context
) -> None:
    do(case, counselor, Step.CLOSE)
    second = cases.asked(student, context, text=get_random_string(10))
    assert second != case
    with pytest.raises(StepNotNow):
        do(case, counselor, Step.REOPEN)


def test_a_case_that_was_erased_meanwhile_is_missing(case: Case, counselor: PlatformUser) -> None:
    services.erase_cases(student=case.student, context=case.context, at=NOW)
    with pytest.raises(CaseMissing):
        do(case, counselor, Step.ACKNOWLEDGE)
