"""A check-in is sealed, the student's own, and seen by whom they chose and by nobody else."""

from datetime import timedelta

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.checkins import Phq4, SelfReport, Shared
from lti_tool.domain.consent import Purpose
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.errors import CheckInMissing, FileMissing, FileRefused
from lti_tool.records.models import CheckIn, MentalHealthFile
from lti_tool.records.selectors import file_in_care, files_in_care, open_file_of
from lti_tool.vault.errors import SealBroken
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

REPORT = SelfReport(7, Phq4(1, 2, 3, 0))


def say(
    student: PlatformUser,
    context: Context,
    stress: int = 7,
    *,
    shared: Shared = Shared.NOBODY,
    days_ago: float = 0,
) -> CheckIn:
    at = NOW - timedelta(days=days_ago)
    report = SelfReport(stress, REPORT.phq4)
    return records.keep_check_in(student=student, context=context, report=report, shared=shared, at=at)


def read(file: MentalHealthFile, reader: PlatformUser) -> records.SessionHistory:
    return records.read_sessions(file=file, reader=str(reader.pseudonym), purpose="own view", at=NOW)


def said(history: records.SessionHistory) -> list[int]:
    return [check_in.stress for check_in in history.check_ins]


def file_of(student: PlatformUser, context: Context) -> MentalHealthFile:
    file = open_file_of(student, context)
    assert file is not None
    return file


@pytest.fixture
def never_asked(context: Context) -> PlatformUser:
    return make.make_student(context, name="Bo")


def test_who_never_said_yes_to_a_camera_can_say_how_they_are(
    never_asked: PlatformUser, context: Context
) -> None:
    kept = say(never_asked, context)
    (opened,) = read(file_of(never_asked, context), never_asked).check_ins
    assert (opened.public_id, opened.at, opened.stress, opened.phq4) == (kept.public_id, NOW, 7, REPORT.phq4)


def test_the_table_holds_no_answer_in_clear(never_asked: PlatformUser, context: Context) -> None:
    kept = say(never_asked, context)
    assert b"stress" not in bytes(kept.sealed)
    assert b"nervous" not in bytes(kept.sealed)


@pytest.mark.parametrize("field", ["public_id", "at", "file", "shared"])
def test_it_opens_in_its_own_place_and_for_whom_it_was_shown_to(
    never_asked: PlatformUser, context: Context, field: str
) -> None:
    kept = say(never_asked, context)
    other = make.make_student(context)
    elsewhere = records.open_file(student=other, context=context, at=NOW)
    moved = {
        "public_id": elsewhere.public_id,
        "at": NOW + timedelta(seconds=1),
        "file": elsewhere,
        "shared": Shared.BY_OWN_ACT,
    }
    CheckIn.objects.filter(pk=kept.pk).update(**{field: moved[field]})
    reader = other if field == "file" else never_asked
    with pytest.raises(SealBroken):
        read(file_of(reader, context), reader)


def test_a_counselor_sees_what_goes_with_the_record_and_what_was_ticked(
    student: PlatformUser, context: Context
) -> None:
    for stress, shared in enumerate(Shared):
        say(student, context, stress, shared=shared, days_ago=3 - stress)
    file, counselor = file_of(student, context), make.make_counselor(context)
    assert said(read(file, student)) == [0, 1, 2]
    assert said(read(file, counselor)) == [1, 2]
    ((_, listed),) = records.read_files_in_care(counselor=counselor, context=context, purpose="list", at=NOW)
    assert said(listed) == [1, 2]
    whole = records.read_file(file=file, reader=str(counselor.pseudonym), purpose="view", at=NOW)
    assert [check_in.stress for check_in in whole.check_ins] == [1, 2]


def test_what_was_ticked_is_seen_alone_where_the_record_is_not_shared(context: Context) -> None:
    student = make.consenting(context, purposes=[Purpose.CAMERA])
    file = make.history(student, context, [[0.5] * 3] * 4)
    for stress, shared in enumerate(Shared):
        say(student, context, stress, shared=shared)
    counselor = make.make_counselor(context)

    seen = read(file, counselor)
    assert (said(seen), seen.sessions, seen.baseline, dict(seen.remarks)) == ([2], (), None, {})
    assert seen.only_check_ins
    ((listed_file, listed),) = records.read_files_in_care(
        counselor=counselor, context=context, purpose="list", at=NOW
    )
    assert (listed_file, listed) == (file, seen)
    assert file_in_care(counselor, context, file.public_id, NOW) == file


def test_what_was_ticked_opens_nothing_else(context: Context) -> None:
    student = make.consenting(context, purposes=[Purpose.CAMERA])
    file = make.history(student, context, [[0.5] * 3] * 4)
    say(student, context, shared=Shared.BY_OWN_ACT)
    counselor = make.make_counselor(context)
    assert files_in_care(counselor, context, NOW) == []
    with pytest.raises(FileRefused):
        records.read_file(file=file, reader=str(counselor.pseudonym), purpose="view", at=NOW)


@pytest.mark.parametrize("shared", [Shared.NOBODY, Shared.WITH_RECORD])
def test_what_was_not_ticked_makes_nobody_appear(
    never_asked: PlatformUser, context: Context, shared: Shared
) -> None:
    say(never_asked, context, shared=shared)
    file, counselor = file_of(never_asked, context), make.make_counselor(context)
    assert records.read_files_in_care(counselor=counselor, context=context, purpose="list", at=NOW) == []
    with pytest.raises(FileRefused):
        read(file, counselor)
    with pytest.raises(FileMissing):
        file_in_care(counselor, context, file.public_id, NOW)


def test_nobody_but_a_counselor_of_the_course_sees_what_was_ticked(
    never_asked: PlatformUser, context: Context
) -> None:
    say(never_asked, context, shared=Shared.BY_OWN_ACT)
    file = file_of(never_asked, context)
    elsewhere = make.make_counselor(make.make_context())
    for other in (make.make_instructor(context), make.make_student(context), elsewhere):
        with pytest.raises(FileRefused):
            read(file, other)


def test_a_counselor_does_not_find_themselves(context: Context) -> None:
    counselor = make.make_counselor(context)
    say(counselor, context, shared=Shared.BY_OWN_ACT)
    assert records.read_files_in_care(counselor=counselor, context=context, purpose="list", at=NOW) == []


def test_hidden_it_is_nobodys_but_the_students_and_still_opens(
    never_asked: PlatformUser, context: Context
) -> None:
    say(never_asked, context, shared=Shared.BY_OWN_ACT)
    file, counselor = file_of(never_asked, context), make.make_counselor(context)
    assert records.hide_check_ins(file=file, at=NOW) == 1
    assert records.hide_check_ins(file=file, at=NOW) == 0
    assert read(file, never_asked).check_ins[0].phq4 == REPORT.phq4
    with pytest.raises(FileRefused):
        read(file, counselor)


def test_taking_back_the_counselors_reading_hides_what_was_ticked_too(
    student: PlatformUser, context: Context
) -> None:
    for shared in (Shared.WITH_RECORD, Shared.BY_OWN_ACT):
        say(student, context, shared=shared)
    counselor = make.make_counselor(context)
    privacy.withdraw_purpose(student=student, context=context, purpose=Purpose.COUNSELOR, at=NOW)
    with pytest.raises(FileRefused):
        read(file_of(student, context), counselor)


def test_the_student_takes_one_back_and_nobody_elses(student: PlatformUser, context: Context) -> None:
    first, second = say(student, context, 3), say(student, context, 8)
    file = file_of(student, context)
    records.delete_check_in(file=file, public_id=first.public_id, at=NOW)
    assert said(read(file, student)) == [8]
    other = make.make_student(context)
    say(other, context)
    for act in (records.delete_check_in, records.read_own_check_in):
        for public_id in (first.public_id, say(other, context).public_id):
            with pytest.raises(CheckInMissing):
                act(file=file, public_id=public_id, at=NOW)
    assert CheckIn.objects.filter(public_id=second.public_id).exists()


def test_a_rule_reads_it_in_the_systems_name_and_learns_whether_it_may_be_shown(
    student: PlatformUser, context: Context
) -> None:
    say(student, context, 2, days_ago=30)
    say(student, context, 6, shared=Shared.WITH_RECORD, days_ago=1)
    say(student, context, 9)
    file = file_of(student, context)
    found = records.read_for_rule(file=file, at=NOW).check_ins
    assert [(report.stress, report.shared) for report in found] == [
        (2, Shared.NOBODY),
        (6, Shared.WITH_RECORD),
        (9, Shared.NOBODY),
    ]
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.actor, entry.action, entry.purpose) == ("system", Action.FILE_READ, "rule")


def test_it_lives_as_long_as_a_measurement_of_the_same_moment(
    never_asked: PlatformUser, context: Context
) -> None:
    say(never_asked, context, 2, days_ago=1)
    say(never_asked, context, 6)
    over = NOW - timedelta(hours=12) + LIFETIMES[Kind.STRESS_RECORD]
    records.delete_old_records(at=over)
    assert said(read(file_of(never_asked, context), never_asked)) == [6]
    entry = AuditEntry.objects.get(action=Action.RECORDS_EXPIRED)
    assert (entry.subject, entry.purpose) == ("check-ins", "1")


def test_a_file_with_a_check_in_is_not_empty(never_asked: PlatformUser, context: Context) -> None:
    term = LIFETIMES[Kind.EMPTY_FILE]
    file = records.open_file(student=never_asked, context=context, at=NOW - term)
    say(never_asked, context)
    privacy.sweep_kind(Kind.EMPTY_FILE, at=NOW)
    assert file_of(never_asked, context) == file
    records.delete_old_records(at=NOW + LIFETIMES[Kind.STRESS_RECORD])
    privacy.sweep_kind(Kind.EMPTY_FILE, at=NOW + LIFETIMES[Kind.STRESS_RECORD])
    assert open_file_of(never_asked, context) is None


def test_withdrawing_destroys_it_whether_or_not_there_was_a_camera(
    never_asked: PlatformUser, context: Context
) -> None:
    say(never_asked, context, shared=Shared.BY_OWN_ACT)
    privacy.withdraw(student=never_asked, context=context, at=NOW)
    assert not CheckIn.objects.exists()
    assert open_file_of(never_asked, context) is None
