"""A student's own word on a session: sealed, theirs to change, and weightier than the estimate."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.consent import Purpose
from lti_tool.domain.remarks import LONGEST, Remark
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.errors import FileClosed, FileRefused, RemarkTooLong, SessionMissing
from lti_tool.records.models import MentalHealthFile, SessionRemark, StressRecord
from lti_tool.vault.errors import SealBroken
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

MIGRAINE = Remark("I had a migraine, not stress")
NOT_ME = Remark("", does_not_fit=True)


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    """Four sessions with the middles .2, .4, .6 and .8; the usual has learned all of them."""
    file = make.history(student, context, [[0.2] * 3, [0.4] * 3, [0.6] * 3, [0.8] * 3])
    records.refresh_baseline(file=file, at=NOW)
    return file


def sessions(file: MentalHealthFile) -> list[UUID]:
    in_order = StressRecord.objects.of(file).values_list("session_id", flat=True)
    return list(dict.fromkeys(in_order))


def say(file: MentalHealthFile, session: UUID, remark: Remark, minute: int = 0) -> None:
    at = NOW + timedelta(minutes=minute)
    records.say_of_session(file=file, session_id=session, remark=remark, at=at)


def read(file: MentalHealthFile, reader: PlatformUser) -> records.SessionHistory:
    return records.read_sessions(file=file, reader=str(reader.pseudonym), purpose="own view", at=NOW)


def usual(file: MentalHealthFile) -> BaselineValues | None:
    return read(file, file.student).baseline


def test_student_and_counselor_read_what_was_said(file: MentalHealthFile, context: Context) -> None:
    session = sessions(file)[1]
    say(file, session, MIGRAINE)
    counselor = make.make_counselor(context)

    assert read(file, file.student).remarks == read(file, counselor).remarks == {session: MIGRAINE}
    ((_, listed),) = records.read_files_in_care(counselor=counselor, context=context, purpose="list", at=NOW)
    assert listed.remarks == {session: MIGRAINE}
    whole = records.read_file(file=file, reader=str(counselor.pseudonym), purpose="view", at=NOW)
    assert whole.remarks == {session: MIGRAINE}


def test_nobody_else_does(context: Context) -> None:
    student = make.consenting(context, purposes=[Purpose.CAMERA])
    file = make.history(student, context, [[0.5] * 3])
    say(file, sessions(file)[0], MIGRAINE)
    for other in (make.make_counselor(context), make.make_instructor(context), make.make_student(context)):
        with pytest.raises(FileRefused):
            read(file, other)


def test_the_table_holds_no_word_and_no_mark_in_clear(file: MentalHealthFile) -> None:
    first, second, *_ = sessions(file)
    say(file, first, MIGRAINE)
    say(file, second, Remark(MIGRAINE.text, does_not_fit=True))
    for sealed in SessionRemark.objects.values_list("sealed", flat=True):
        assert b"migraine" not in bytes(sealed)
        assert b"fit" not in bytes(sealed)


@pytest.mark.parametrize("field", ["session_id", "written_at", "file"])
def test_it_opens_in_its_own_place_only(file: MentalHealthFile, context: Context, field: str) -> None:
    other = make.history(make.consenting(context), context, [[0.5] * 3])
    say(file, sessions(file)[0], MIGRAINE)
    moved = {"session_id": sessions(file)[1], "written_at": NOW + timedelta(seconds=1), "file": other}
    SessionRemark.objects.update(**{field: moved[field]})
    with pytest.raises(SealBroken):
        read(other if field == "file" else file, (other if field == "file" else file).student)


def test_the_last_word_holds_and_can_be_taken_back(file: MentalHealthFile) -> None:
    session = sessions(file)[0]
    for minute, remark in enumerate((MIGRAINE, NOT_ME)):
        say(file, session, remark, minute)
    assert read(file, file.student).remarks == {session: NOT_ME}

    say(file, session, Remark(), 2)
    assert read(file, file.student).remarks == {}
    assert not SessionRemark.objects.exists()
    said = AuditEntry.objects.filter(subject=f"session:{session}").values_list("action", flat=True)
    assert list(said) == [Action.REMARK_WRITTEN, Action.REMARK_WRITTEN, Action.REMARK_DELETED]


def test_a_session_that_does_not_fit_leaves_the_usual_at_once_and_can_come_back(
    file: MentalHealthFile,
) -> None:
    everything = usual(file)
    assert everything is not None
    assert everything.median == pytest.approx(0.5)
    last = sessions(file)[-1]

    say(file, last, MIGRAINE)
    assert usual(file) == everything

    say(file, last, NOT_ME, 1)
    without = usual(file)
    assert without is not None
    assert without.median == pytest.approx(0.4)
    assert without.sessions == 3
    assert records.refresh_baseline(file=file, at=NOW + timedelta(hours=1)) == without

    say(file, last, Remark(), 2)
    assert usual(file) == everything


def test_a_usual_with_too_few_sessions_left_is_learned_anew(file: MentalHealthFile) -> None:
    for minute, session in enumerate(sessions(file)):
        say(file, session, NOT_ME, minute)
    assert usual(file) is None
    for minute, session in enumerate(sessions(file)):
        say(file, session, Remark(), 10 + minute)
    records.refresh_baseline(file=file, at=NOW + timedelta(hours=1))
    assert usual(file) is not None


def test_a_session_marked_before_it_was_learned_never_is(student: PlatformUser, context: Context) -> None:
    file = make.history(student, context, [[0.2] * 3] * 3 + [[0.9] * 3])
    say(file, sessions(file)[-1], NOT_ME)
    assert records.refresh_baseline(file=file, at=NOW) == BaselineValues(0.2, 0.0, 3)


def test_what_cannot_be_said(file: MentalHealthFile, context: Context) -> None:
    other = make.history(make.consenting(context), context, [[0.5] * 3])
    for session in (uuid4(), sessions(other)[0]):
        with pytest.raises(SessionMissing):
            say(file, session, MIGRAINE)
    with pytest.raises(RemarkTooLong):
        say(file, sessions(file)[0], Remark("x" * (LONGEST + 1)))
    session = sessions(file)[0]
    records.destroy_file(file=file, at=NOW)
    with pytest.raises(FileClosed):
        say(file, session, MIGRAINE)
    assert not SessionRemark.objects.exists()


def test_it_goes_with_the_sessions_last_record_and_with_the_file(file: MentalHealthFile) -> None:
    first, *_, last = sessions(file)
    say(file, first, MIGRAINE)
    say(file, last, MIGRAINE)
    over = NOW - timedelta(days=3, hours=12) + LIFETIMES[Kind.STRESS_RECORD]
    records.delete_old_records(at=over)
    assert list(SessionRemark.objects.values_list("session_id", flat=True)) == [last]

    records.destroy_file(file=file, at=NOW)
    assert not SessionRemark.objects.exists()
