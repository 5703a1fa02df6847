"""What goes with a withdrawal, what with one purpose alone, and what with its time: rows, words and keys."""

from datetime import timedelta
from functools import partial

import pytest

from lti_tool.alerts import services
from lti_tool.alerts.models import (
    Alert,
    Case,
    CaseNote,
    CaseStep,
    LastLook,
    Notice,
    NoticeKind,
    Origin,
    Outcome,
    Word,
    WordKind,
)
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.selectors import verify
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.domain.consent import Purpose
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.privacy.selectors import every_course_of
from lti_tool.records.models import MentalHealthFile
from lti_tool.vault.models import DataKey
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases

OF_CASES = (Case, Alert, CaseNote, CaseStep, Word, Notice)


@pytest.fixture
def worked_on(file: MentalHealthFile, counselor: PlatformUser) -> Case:
    """Begun by a rule; somebody was told, acknowledged it and wrote; the student said something."""
    cases.addressed(counselor)
    services.look_at(file_id=file.pk, at=NOW)
    case = cases.raised(file)
    services.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
    services.write_note(case=case, author=counselor, text="a note", at=NOW)
    services.say_of_case(case=case, kind=WordKind.NOTE, text="a word", at=NOW)
    return case


def stop_sharing(case: Case) -> None:
    privacy.withdraw_purpose(student=case.student, context=case.context, purpose=Purpose.COUNSELOR, at=NOW)


def test_a_withdrawal_leaves_no_row_of_a_case_and_no_key(worked_on: Case) -> None:
    assert all(model.objects.exists() for model in (*OF_CASES, LastLook))
    privacy.withdraw(student=worked_on.student, context=worked_on.context, at=NOW)
    assert [model for model in (*OF_CASES, LastLook) if model.objects.exists()] == []
    assert not DataKey.objects.filter(pk=worked_on.data_key_id).exists()
    entry = AuditEntry.objects.get(action=Action.CASE_DESTROYED)
    assert entry.actor == str(worked_on.student.pseudonym)
    assert verify().finding is None


def test_an_open_case_that_is_withdrawn_is_counted_as_that(worked_on: Case) -> None:
    privacy.withdraw(student=worked_on.student, context=worked_on.context, at=NOW)
    counted = Outcome.objects.values_list("origin", "reason", "cases")
    assert list(counted) == [("pattern", ClosingReason.WITHDRAWN, 1)]


def test_who_only_asked_for_contact_can_withdraw_that_too(context: Context, counselor: PlatformUser) -> None:
    person = make.make_student(context)
    case = cases.asked(person, context)
    assert every_course_of(person) == [context]
    privacy.withdraw(student=person, context=context, at=NOW)
    assert not Case.objects.exists()
    assert not DataKey.objects.filter(pk=case.data_key_id).exists()


def test_other_courses_and_other_students_keep_their_cases(worked_on: Case, context: Context) -> None:
    other_course = make.make_context(deployment=context.deployment)
    kept = {cases.asked(worked_on.student, other_course), cases.asked(make.make_student(context), context)}
    privacy.withdraw(student=worked_on.student, context=context, at=NOW)
    assert set(Case.objects.all()) == kept
    assert Word.objects.count() == 2


def test_taking_back_the_counselors_alone_destroys_what_came_of_measurements(worked_on: Case) -> None:
    stop_sharing(worked_on)
    assert [model for model in (*OF_CASES, LastLook) if model.objects.exists()] == []
    assert not DataKey.objects.filter(pk=worked_on.data_key_id).exists()
    assert MentalHealthFile.objects.filter(closed_at=None).exists(), "the record itself stays"


def test_it_keeps_a_case_that_was_asked_for_and_nothing_measured_in_it(
    worked_on: Case, counselor: PlatformUser
) -> None:
    cases.asked(worked_on.student, worked_on.context)
    stop_sharing(worked_on)
    (kept,) = Case.objects.all()
    assert (kept.pk, kept.origin) == (worked_on.pk, Origin.ASKED)
    assert not Alert.objects.exists()
    assert set(Notice.objects.values_list("kind", flat=True)) == {NoticeKind.ASKED}
    opened = services.read_case(case=kept, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    assert ([word.text for word in opened.words], opened.findings) == ([cases.WORDS, "a word"], ())


def test_taking_back_the_class_touches_no_case(worked_on: Case) -> None:
    privacy.withdraw_purpose(
        student=worked_on.student, context=worked_on.context, purpose=Purpose.CLASS, at=NOW
    )
    assert Alert.objects.exists()


def test_a_closed_case_goes_when_its_time_is_over_and_an_open_one_never_by_the_clock(
    worked_on: Case, context: Context
) -> None:
    open_one = cases.asked(make.make_student(context), context)
    services.close(case=worked_on, by=None, reason=ClosingReason.HELPED, at=NOW)
    over = NOW + LIFETIMES[Kind.CASE]
    assert services.delete_old_cases(at=over - timedelta(seconds=1)) == 0
    assert services.delete_old_cases(at=over) == 1
    assert services.delete_old_cases(at=over + timedelta(days=999)) == 0
    assert list(Case.objects.all()) == [open_one]
    assert not DataKey.objects.filter(pk=worked_on.data_key_id).exists()
    assert AuditEntry.objects.get(action=Action.CASE_DESTROYED).actor == "system"


def test_erased_twice_finds_nothing(worked_on: Case) -> None:
    erase = partial(services.erase_cases, student=worked_on.student, context=worked_on.context, at=NOW)
    assert [erase(), erase()] == [1, 0]
