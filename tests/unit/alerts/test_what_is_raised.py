"""What the rule may and may not make of a file: what the student said, shared and contested counts first."""

from datetime import datetime, timedelta

import pytest

from lti_tool.alerts import services
from lti_tool.alerts.models import Alert, Case, LastLook, Origin
from lti_tool.alerts.services.looking import files_to_look_at
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.alerting import Act, Decision, Reason
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.domain.consent import Purpose
from lti_tool.domain.remarks import Remark
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile, StressRecord
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases
from tests.unit.alerts.cases import DAY

HOUR = timedelta(hours=1)
AFTER_PATIENCE = NOW + 2 * DAY + HOUR


def look(file: MentalHealthFile, at: datetime = NOW) -> Decision:
    return services.look_at(file_id=file.pk, at=at)


def say(file: MentalHealthFile, stress: int, shared: Shared = Shared.WITH_RECORD, at: datetime = NOW) -> None:
    report = SelfReport(stress)
    records.keep_check_in(student=file.student, context=file.context, report=report, shared=shared, at=at)


def test_the_student_is_asked_before_a_counselor_hears_of_it(file: MentalHealthFile) -> None:
    assert look(file) == Decision(Act.ASK_FIRST, Reason.PERSISTS, NOW + 2 * DAY)
    assert services.asked_first_at(file) == NOW
    assert look(file, NOW + HOUR).reason is Reason.ASKED
    assert services.asked_first_at(file) == NOW, "a second look asks no second time"
    assert not Case.objects.exists()


def test_a_deployment_may_do_without_asking(file: MentalHealthFile) -> None:
    cases.desk(file.context, asks_student_first=False)
    assert look(file).act is Act.RAISE
    assert services.asked_first_at(file) is None


def test_nothing_is_raised_of_somebody_as_usual(student: PlatformUser, context: Context) -> None:
    file = cases.tense_file(student, context, sessions=cases.ORDINARY * 2)
    assert look(file).act is Act.NOTHING
    assert LastLook.objects.get(file=file).again_at is None


def test_a_low_answer_holds_it_back_for_a_week_and_no_longer(file: MentalHealthFile) -> None:
    look(file)
    say(file, 2, at=NOW + HOUR)
    assert look(file, AFTER_PATIENCE) == Decision(Act.HOLD, Reason.SAID_LOW, NOW + HOUR + 7 * DAY)
    assert files_to_look_at(at=NOW + 7 * DAY) == []
    assert files_to_look_at(at=NOW + HOUR + 7 * DAY) == [file.pk]


def test_a_low_answer_counts_even_where_no_counselor_may_see_it(file: MentalHealthFile) -> None:
    look(file)
    say(file, 0, Shared.NOBODY, at=NOW + HOUR)
    assert look(file, AFTER_PATIENCE).reason is Reason.SAID_LOW


def test_a_high_answer_raises_at_once(file: MentalHealthFile) -> None:
    look(file)
    say(file, 8, at=NOW + HOUR)
    assert look(file, NOW + HOUR) == Decision(Act.RAISE, Reason.SAID_HIGH)
    assert Case.objects.get().origin == Origin.PATTERN


def test_a_high_answer_that_no_counselor_may_see_raises_nothing(file: MentalHealthFile) -> None:
    look(file)
    say(file, 10, Shared.NOBODY, at=NOW + HOUR)
    assert look(file, NOW + HOUR).reason is Reason.ASKED
    assert look(file, AFTER_PATIENCE).reason is Reason.NOT_ANSWERED, "as if nothing had been said"


def test_a_high_answer_alone_raises_nothing(student: PlatformUser, context: Context) -> None:
    file = cases.tense_file(student, context, sessions=cases.ORDINARY * 2)
    say(file, 10)
    assert look(file).act is Act.NOTHING


def test_a_file_that_is_not_shared_is_neither_opened_nor_judged(context: Context) -> None:
    purposes = [purpose for purpose in Purpose if purpose is not Purpose.COUNSELOR]
    student = make.consenting(context, purposes=purposes, at=NOW - 60 * DAY)
    file = cases.tense_file(student, context)
    reads = AuditEntry.objects.filter(action=Action.FILE_READ).count()
    assert look(file).act is Act.NOTHING
    assert not LastLook.objects.exists()
    assert AuditEntry.objects.filter(action=Action.FILE_READ).count() == reads


def test_sharing_that_ends_while_the_student_is_asked_ends_the_asking(file: MentalHealthFile) -> None:
    look(file)
    privacy.withdraw_purpose(
        student=file.student, context=file.context, purpose=Purpose.COUNSELOR, at=NOW + HOUR
    )
    assert services.asked_first_at(file) is None
    assert look(file, AFTER_PATIENCE).act is Act.NOTHING
    assert not Case.objects.exists()


def test_sessions_that_the_student_contests_do_not_count(file: MentalHealthFile) -> None:
    sessions = list(
        StressRecord.objects.of(file).order_by("recorded_at").values_list("session_id", flat=True)
    )
    for session_id in list(dict.fromkeys(sessions))[-5:-2]:
        remark = Remark("a migraine", does_not_fit=True)
        records.say_of_session(file=file, session_id=session_id, remark=remark, at=NOW)
    assert look(file).act is Act.NOTHING


def test_there_is_one_open_case_and_what_persists_meanwhile_joins_it(file: MentalHealthFile) -> None:
    look(file)
    look(file, AFTER_PATIENCE)
    assert look(file, AFTER_PATIENCE + HOUR).act is Act.JOIN
    assert (Case.objects.count(), Alert.objects.count()) == (1, 1)


def test_what_persists_joins_a_case_that_was_asked_for_and_its_page_is_told(file: MentalHealthFile) -> None:
    case = cases.asked(file.student, file.context)
    look(file, NOW + HOUR)
    look(file, NOW + 2 * HOUR)
    case.refresh_from_db()
    assert (case.origin, case.alerts.count()) == (Origin.ASKED, 1)
    assert case.changed_at == NOW + HOUR


@pytest.mark.parametrize(
    ("reason", "days", "why"),
    [
        (ClosingReason.FALSE_ALERT, 28, Reason.FALSE_LATELY),
        (ClosingReason.HELPED, 14, Reason.CLOSED_LATELY),
    ],
)
def test_a_closed_case_keeps_quiet_for_a_while(
    file: MentalHealthFile, reason: ClosingReason, days: int, why: Reason
) -> None:
    until = NOW + HOUR
    case = cases.raised(file, at=until - days * DAY)
    services.close(case=case, by=None, reason=reason, at=until - days * DAY)
    assert look(file) == Decision(Act.HOLD, why, until)
    assert look(file, until).act is Act.ASK_FIRST


def test_one_that_does_not_open_keeps_none_waiting(
    file: MentalHealthFile, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    other = cases.tense_file(make.consenting(context, at=NOW - 60 * DAY, name="Bob"), context)
    type(file.data_key).objects.filter(pk=file.data_key_id).update(wrapped=b"broken")
    cases.desk(context, asks_student_first=False)
    assert files_to_look_at(at=NOW) == sorted([file.pk, other.pk])
    assert services.look_at_all(at=NOW) == 1
    assert Case.objects.get().student == other.student
    assert f"File {file.pk} could not be looked at" in caplog.text
    assert "Ada" not in caplog.text


def test_a_look_writes_down_that_the_rule_read_the_file(file: MentalHealthFile) -> None:
    look(file)
    entry = AuditEntry.objects.filter(action=Action.FILE_READ).latest("sequence")
    assert (entry.actor, entry.purpose) == ("system", "rule")


def test_nothing_new_is_not_looked_at_again(file: MentalHealthFile) -> None:
    assert files_to_look_at(at=NOW) == [file.pk]
    look(file)
    assert files_to_look_at(at=NOW + HOUR) == []
    assert files_to_look_at(at=NOW + 2 * DAY) == [file.pk], "the patience is over"


def test_a_file_that_was_erased_meanwhile_is_let_be(file: MentalHealthFile) -> None:
    privacy.withdraw(student=file.student, context=file.context, at=NOW)
    assert look(file).act is Act.NOTHING
