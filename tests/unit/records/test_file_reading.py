"""Who may open a file, what they see, and what is written down about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.consent import services as consent
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import Doubt, Level
from lti_tool.lti.models import Context, CounselorGrant, PlatformUser
from lti_tool.records import selectors
from lti_tool.records import services as records
from lti_tool.records.errors import FileMissing, FileRefused, PurposeMissing
from lti_tool.records.history import History
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    return make.history(student, context, [[0.1, 0.2, 0.3], [0.2, None, 0.4]])


def read(file: MentalHealthFile, person: PlatformUser, purpose: str = "care") -> History:
    return records.read_file(file=file, reader=str(person.pseudonym), purpose=purpose, at=NOW)


def test_a_student_reads_their_own_file_in_the_order_of_time(
    file: MentalHealthFile, student: PlatformUser
) -> None:
    history = read(file, student)

    assert [o.score for o in history.observations] == [0.1, 0.2, 0.3, 0.2, None, 0.4]
    assert [o.recorded_at for o in history.observations] == sorted(
        o.recorded_at for o in history.observations
    )
    assert not history.generated


def test_until_three_sessions_the_usual_is_still_being_learned(
    file: MentalHealthFile, student: PlatformUser
) -> None:
    history = read(file, student)

    assert history.baseline is None
    assert {o.level for o in history.observations} == {Level.UNKNOWN}
    assert [o.doubt for o in history.observations].count(Doubt.CALIBRATING) == 5
    assert history.observations[4].doubt is Doubt.NO_SCORE
    assert history.observations[4].reasons == {"no_face": 7}


def test_a_counselor_reads_what_was_shared_with_them(file: MentalHealthFile, context: Context) -> None:
    assert len(read(file, make.make_counselor(context)).observations) == 6


def test_a_read_may_begin_at_a_moment(file: MentalHealthFile, student: PlatformUser) -> None:
    reader, yesterday = str(student.pseudonym), NOW - timedelta(days=1)
    history = records.read_file(file=file, reader=reader, purpose="review", at=NOW, since=yesterday)
    assert [o.score for o in history.observations] == [0.2, None, 0.4]


def test_every_read_leaves_its_reader_and_purpose(file: MentalHealthFile, context: Context) -> None:
    counselor = make.make_counselor(context)
    read(file, counselor, "weekly review")

    entry = AuditEntry.objects.last()
    assert entry is not None
    assert (entry.actor, entry.action) == (str(counselor.pseudonym), Action.FILE_READ)
    assert (entry.subject, entry.purpose) == (f"file:{file.public_id}", "weekly review")
    assert counselor.name not in str(vars(entry))


def test_nobody_reads_without_a_purpose(file: MentalHealthFile, student: PlatformUser) -> None:
    with pytest.raises(PurposeMissing):
        read(file, student, "  ")


def strangers(context: Context) -> dict[str, PlatformUser]:
    elsewhere = make.make_context()
    expired = make.make_counselor(context, name="Expired")
    CounselorGrant.objects.filter(user=expired).update(expires_at=NOW)
    revoked = make.make_counselor(context, name="Revoked")
    CounselorGrant.objects.filter(user=revoked).update(revoked_at=NOW - timedelta(days=1))
    return {
        "another student": make.make_student(context, name="Bob"),
        "an instructor": make.make_instructor(context),
        "a counselor of another platform": make.make_counselor(elsewhere),
        "a counselor of another course": make.make_counselor(
            make.make_context(deployment=context.deployment)
        ),
        "a counselor whose grant expired": expired,
        "a counselor whose grant was revoked": revoked,
    }


def test_nobody_else_reads_it_and_nothing_is_opened(file: MentalHealthFile, context: Context) -> None:
    for who, person in strangers(context).items():
        before = AuditEntry.objects.count()
        with pytest.raises(FileRefused):
            read(file, person)
        assert AuditEntry.objects.count() == before, who
        assert selectors.files_in_care(person, context, NOW) == [], who


@pytest.mark.parametrize("reader", ["", "system", "1", "not-a-uuid"])
def test_a_reader_without_a_person_is_refused(file: MentalHealthFile, reader: str) -> None:
    with pytest.raises(FileRefused):
        records.read_file(file=file, reader=reader, purpose="care", at=NOW)


def test_a_counselor_never_sees_a_file_that_was_not_shared(context: Context) -> None:
    counselor = make.make_counselor(context)
    quiet = make.consenting(context, purposes=[Purpose.CAMERA, Purpose.CLASS])
    file = make.history(quiet, context, [[0.1, 0.2, 0.3]])

    assert selectors.files_in_care(counselor, context, NOW) == []
    with pytest.raises(FileRefused):
        read(file, counselor)
    with pytest.raises(FileMissing):
        selectors.file_in_care(counselor, context, file.public_id, NOW)


def test_a_counselor_loses_sight_as_soon_as_the_choice_is_taken_back(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    counselor = make.make_counselor(context)
    assert selectors.files_in_care(counselor, context, NOW) == [file]

    later = NOW + timedelta(minutes=1)
    consent.give_consent(
        student=student, context=context, purposes=[Purpose.CAMERA], adult_confirmed=True, at=later
    )

    assert selectors.files_in_care(counselor, context, later) == []
    with pytest.raises(FileRefused):
        read(file, counselor)


def test_a_counselor_is_never_shown_their_own_file_among_those_in_care(context: Context) -> None:
    counselor = make.make_counselor(context)
    make.give_everything(counselor, context)
    own = make.history(counselor, context, [[0.1]])

    assert selectors.files_in_care(counselor, context, NOW) == []
    with pytest.raises(FileMissing):
        selectors.file_in_care(counselor, context, own.public_id, NOW)


def test_files_in_care_come_by_name(context: Context) -> None:
    names = ["Zoe", "ada", "Bob"]
    for name in names:
        make.history(make.consenting(context, name=name), context, [[0.1]])

    found = selectors.files_in_care(make.make_counselor(context), context, NOW)
    assert [file.student.name for file in found] == ["ada", "Bob", "Zoe"]


def test_files_in_care_take_the_same_queries_for_many_students(
    context: Context, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        make.history(make.consenting(context, name=f"S{number}"), context, [[0.1]])
    counselor = make.make_counselor(context)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(selectors.files_in_care(counselor, context, NOW)) == 12


def test_the_level_is_judged_against_the_usual_of_earlier_sessions(
    student: PlatformUser, context: Context
) -> None:
    sessions: list[list[float | None]] = [
        [0.30] * 3,
        [0.32] * 3,
        [0.34] * 3,
        [0.32, 0.36, 0.80, 0.36, None, 0.35],
    ]
    file = make.history(student, context, sessions)

    history = read(file, student)

    assert history.baseline == BaselineValues(0.32, pytest.approx(0.02), 3)  # type: ignore[arg-type]
    assert [o.level for o in history.observations[-6:]] == [
        Level.USUAL,
        Level.USUAL,
        Level.HIGH,
        Level.RAISED,  # 0.36 alone is usual; after HIGH it is left slowly
        Level.UNKNOWN,
        Level.RAISED,  # held over the snippet that told nothing
    ]


def test_watching_ones_own_session_is_one_read_however_often_the_page_asks(
    file: MentalHealthFile, student: PlatformUser
) -> None:
    session = read(file, student).observations[-1].session_id
    for _ in range(5):
        latest = records.read_latest(file=file, session_id=session, at=timezone.now())

    assert [o.score for o in latest] == [0.2, None, 0.4]
    reads = AuditEntry.objects.filter(action=Action.SESSION_READ)
    assert [entry.actor for entry in reads] == [str(student.pseudonym)]


def test_the_latest_are_the_newest_in_the_order_of_time(
    file: MentalHealthFile, student: PlatformUser
) -> None:
    session = read(file, student).observations[-1].session_id
    latest = records.read_latest(file=file, session_id=session, at=NOW, count=2)
    assert [o.score for o in latest] == [None, 0.4]


def test_all_files_in_care_read_at_once_say_what_each_says_alone(
    context: Context, file: MentalHealthFile, student: PlatformUser
) -> None:
    other = make.history(make.consenting(context), context, [[0.5, 0.6, 0.7]])
    counselor = make.make_counselor(context)

    together = dict(
        records.read_files_in_care(counselor=counselor, context=context, purpose="caseload", at=NOW)
    )

    reader = str(counselor.pseudonym)
    assert together == {
        each: records.read_sessions(file=each, reader=reader, purpose="care", at=NOW)
        for each in (file, other)
    }
    assert [session.snippets for session in together[other].sessions] == [3]


def test_reading_all_files_in_care_writes_down_every_one(context: Context, file: MentalHealthFile) -> None:
    other = make.history(make.consenting(context), context, [[0.5, 0.6, 0.7]])
    counselor = make.make_counselor(context)

    records.read_files_in_care(counselor=counselor, context=context, purpose="caseload", at=NOW)

    by_counselor = AuditEntry.objects.filter(actor=str(counselor.pseudonym), action=Action.FILE_READ)
    assert {entry.subject for entry in by_counselor} == {f"file:{file.public_id}", f"file:{other.public_id}"}


def test_without_a_grant_there_is_no_file_in_care(context: Context, file: MentalHealthFile) -> None:
    somebody = make.make_instructor(context)
    assert records.read_files_in_care(counselor=somebody, context=context, purpose="caseload", at=NOW) == []
