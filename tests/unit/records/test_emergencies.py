"""Break glass: one file, one counselor, some hours, and the student reads of it."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core import clock
from lti_tool.domain.consent import Purpose
from lti_tool.domain.emergency import LONGEST, EmergencyReason
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.errors import EmergencyRefused, FileMissing, FileRefused
from lti_tool.records.models import EmergencyGrant, MentalHealthFile
from tests import factories as make
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """The pages ask the clock."""
    return clock.now()


@pytest.fixture(autouse=True)
def switched_on(settings: Settings) -> None:
    settings.BREAK_GLASS = True


@pytest.fixture
def course(at: datetime) -> Context:
    return make.make_context(title="Statistics")


@pytest.fixture
def student(course: Context, at: datetime) -> PlatformUser:
    """Measured; shares with nobody."""
    return make.consenting(course, purposes=[Purpose.CAMERA], name="", at=at)


@pytest.fixture
def file(course: Context, student: PlatformUser, at: datetime) -> MentalHealthFile:
    file = make.history(student, course, [[0.2, 0.3, 0.25]] * 4, until=at)
    records.summarise_sessions(at=at + timedelta(hours=1))
    return file


@pytest.fixture
def elsewhere(course: Context) -> Context:
    return make.make_context(deployment=course.deployment, title="Latin")


@pytest.fixture
def on_duty(elsewhere: Context, at: datetime) -> PlatformUser:
    """A counselor of another course of the same deployment."""
    return make.make_counselor(elsewhere, at=at)


def grant(file: MentalHealthFile, reader: PlatformUser, at: datetime, **changes: object) -> EmergencyGrant:
    asked: dict[str, Any] = {
        "reason": EmergencyReason.DANGER_TO_OWN_LIFE,
        "reference": "C-2026-118",
        "lasts": timedelta(hours=4),
        "by": "ruth",
    }
    asked |= changes
    return records.grant_emergency(file=file, reader=reader, at=at, **asked)


def read(opened: EmergencyGrant, reader: PlatformUser, at: datetime) -> int:
    """How many sessions are shown."""
    return len(records.read_in_emergency(reader=reader, grant_id=opened.public_id, at=at)[1].sessions)


def refusal(opened: EmergencyGrant, reader: PlatformUser, at: datetime) -> str:
    with pytest.raises(EmergencyRefused) as refused:
        read(opened, reader, at)
    return refused.value.shown_code.split(".")[1]


def test_the_counselor_on_duty_reads_what_was_not_shared_and_only_by_this_door(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime
) -> None:
    opened = grant(file, on_duty, at)

    assert read(opened, on_duty, at) == 4
    with pytest.raises(FileRefused):
        records.read_file(file=file, reader=str(on_duty.pseudonym), purpose="emergency", at=at)
    assert records.read_files_in_care(counselor=on_duty, context=file.context, purpose="x", at=at) == []


def test_who_gave_it_why_and_each_read_are_in_the_audit_under_the_file(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    for _ in range(2):
        read(opened, on_duty, at)
    records.end_emergency(grant=opened, by="ruth", at=at + timedelta(hours=1))

    entries = AuditEntry.objects.filter(
        subject=f"file:{file.public_id}", action__startswith="emergency"
    ).order_by("sequence")
    told = [(entry.action, entry.actor, entry.purpose) for entry in entries]
    ruth, reader, purpose = pseudonym_of("ruth"), str(on_duty.pseudonym), f"emergency:{opened.pk}"
    assert told == [
        (Action.EMERGENCY_GRANTED, ruth, "danger_to_own_life"),
        (Action.EMERGENCY_READ, reader, purpose),
        (Action.EMERGENCY_READ, reader, purpose),
        (Action.EMERGENCY_ENDED, ruth, "danger_to_own_life"),
    ]
    assert AuditEntry.objects.filter(subject=f"emergency:{opened.pk}:{on_duty.pseudonym}").count() == 2


def test_it_ends_by_itself_at_its_hour_and_before_when_somebody_ends_it(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime
) -> None:
    first, second = grant(file, on_duty, at), grant(file, on_duty, at)
    end = at + timedelta(hours=4)

    assert read(first, on_duty, end - timedelta(seconds=1)) == 4
    assert refusal(first, on_duty, end) == "over"
    assert records.end_emergency(grant=second, by="ruth", at=at + timedelta(hours=1))
    assert refusal(second, on_duty, at + timedelta(hours=1)) == "over"
    assert not records.end_emergency(grant=second, by="ruth", at=at + timedelta(hours=2))
    assert not records.end_emergency(grant=first, by="ruth", at=end)


def test_nobody_but_the_one_who_was_named_can_use_it(
    file: MentalHealthFile, on_duty: PlatformUser, elsewhere: Context, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    with pytest.raises(FileMissing):
        read(opened, make.make_counselor(elsewhere, at=at), at)


def test_a_teacher_of_the_course_is_refused_when_it_is_granted_and_when_it_is_read(
    file: MentalHealthFile, on_duty: PlatformUser, course: Context, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    make.make_launch(on_duty, course, roles=(INSTRUCTOR,), at=at)

    assert refusal(opened, on_duty, at) == "teaches_here"
    with pytest.raises(EmergencyRefused, match="teaches"):
        grant(file, on_duty, at)


def test_who_is_no_counselor_of_the_deployment_is_refused(file: MentalHealthFile, at: datetime) -> None:
    teacher = make.make_instructor(file.context)
    far_away = make.make_counselor(make.make_context(), at=at)
    for somebody in (teacher, far_away):
        with pytest.raises(EmergencyRefused, match="counselor of this deployment"):
            grant(file, somebody, at)


def test_a_counselor_whose_own_grant_ended_meanwhile_is_refused(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    on_duty.counselor_grants.update(revoked_at=at)
    assert refusal(opened, on_duty, at + timedelta(minutes=1)) == "no_counselor"


def test_nobody_opens_their_own_file(file: MentalHealthFile, student: PlatformUser, at: datetime) -> None:
    make.make_counselor_of(student, file.context, at=at)
    with pytest.raises(EmergencyRefused, match="own file"):
        grant(file, student, at)


def test_what_was_erased_is_not_opened_by_anything(
    file: MentalHealthFile, student: PlatformUser, on_duty: PlatformUser, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    privacy.withdraw(student=student, context=file.context, at=at)

    assert refusal(opened, on_duty, at) == "erased"
    file.refresh_from_db()
    with pytest.raises(EmergencyRefused, match="erased"):
        grant(file, on_duty, at)


def test_switched_off_it_grants_nothing_and_what_was_granted_opens_nothing(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime, settings: Settings
) -> None:
    opened = grant(file, on_duty, at)
    settings.BREAK_GLASS = False

    assert refusal(opened, on_duty, at) == "switched_off"
    with pytest.raises(EmergencyRefused):
        grant(file, on_duty, at)


def test_who_answered_before_it_was_switched_on_was_promised_otherwise_and_is_asked_again(
    on_duty: PlatformUser, course: Context, at: datetime, settings: Settings
) -> None:
    settings.BREAK_GLASS = False
    promised = make.consenting(course, purposes=[Purpose.CAMERA], at=at)
    theirs = make.history(promised, course, [[0.2] * 3], until=at)
    settings.BREAK_GLASS = True

    with pytest.raises(EmergencyRefused, match="promise"):
        grant(theirs, on_duty, at)
    browser = make.enter(promised, course)
    assert "If a life is in danger" in words(browser, "consent:page")
    assert "one counselor open your file for some hours" in words(browser, "consent:page")
    make.give_everything(promised, course, at=at)
    assert read(grant(theirs, on_duty, at), on_duty, at) == 1
    settings.BREAK_GLASS = False
    assert "life is in danger" not in words(browser, "consent:page")


@pytest.mark.parametrize("jurisdiction", ["US-IL", "US-NV", "US-CO"])
def test_where_the_law_leaves_it_to_the_student_alone_it_is_refused(jurisdiction: str, at: datetime) -> None:
    course = make.make_context()
    course.deployment.activations.update(jurisdiction=jurisdiction)
    file = make.history(make.consenting(course, purposes=[Purpose.CAMERA], at=at), course, [[0.2] * 3])
    with pytest.raises(EmergencyRefused, match="own act"):
        grant(file, make.make_counselor(course, at=at), at)


@pytest.mark.parametrize(("name", "value"), [("reference", "Ada Lovelace"), ("lasts", LONGEST * 2)])
def test_words_and_days_are_refused(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime, name: str, value: object
) -> None:
    with pytest.raises(EmergencyRefused):
        grant(file, on_duty, at, **{name: value})
    assert not EmergencyGrant.objects.exists()


def words(browser: make.Browser, page: str, **named: object) -> str:
    answer = browser.get(browser.address(page, **named))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_counselor_finds_it_on_top_of_their_students_and_takes_nothing_out(
    file: MentalHealthFile, on_duty: PlatformUser, elsewhere: Context, at: datetime
) -> None:
    browser = make.enter(on_duty, elsewhere)
    assert "Emergency" not in words(browser, "dashboards:caseload")
    opened = grant(file, on_duty, at)

    listed = words(browser, "dashboards:caseload")
    shown = words(browser, "dashboards:emergency", grant=opened.public_id)

    assert f"emergency/{opened.public_id}/" in listed
    assert "C-2026-118" in listed
    assert "the student reads of it" in shown
    assert "Take this record out" not in shown
    assert "export" not in shown


def test_the_student_reads_when_why_under_which_number_and_whom_to_ask(
    file: MentalHealthFile, student: PlatformUser, on_duty: PlatformUser, course: Context, at: datetime
) -> None:
    browser = make.enter(student, course)
    assert "Opened in an emergency" not in words(browser, "dashboards:mine")
    opened = grant(file, on_duty, at)

    before = words(browser, "dashboards:mine")
    read(opened, on_duty, at)
    after = words(browser, "dashboards:mine")

    assert "Opened in an emergency" in before
    assert "Nobody opened it." in before
    assert "they feared for your life" in after
    assert "reference C-2026-118" in after
    assert "It was opened on" in after
    assert course.deployment.activations.get().protection_contact in after
    assert on_duty.name not in after
    assert str(on_duty.pseudonym) not in after


def test_who_erased_everything_can_still_ask(
    file: MentalHealthFile, student: PlatformUser, on_duty: PlatformUser, course: Context, at: datetime
) -> None:
    grant(file, on_duty, at)
    privacy.withdraw(student=student, context=course, at=at)
    assert "reference C-2026-118" in words(make.enter(student, course), "dashboards:mine")


def test_neither_a_student_nor_a_teacher_reaches_the_page(
    file: MentalHealthFile, student: PlatformUser, on_duty: PlatformUser, course: Context, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    teacher = make.enter(make.make_instructor(course), course, roles=(INSTRUCTOR,))
    for browser in (make.enter(student, course), teacher):
        answer = browser.get(browser.address("dashboards:emergency", grant=opened.public_id))
        assert answer.status_code == 403


def test_the_administration_lists_it_and_cannot_make_change_or_delete_one(
    file: MentalHealthFile, on_duty: PlatformUser, at: datetime
) -> None:
    opened = grant(file, on_duty, at)
    client = Client()
    client.force_login(User.objects.create_superuser("ruth"))
    path = "/admin/records/emergencygrant/"

    listed = client.get(path).content.decode()

    assert "C-2026-118" in listed
    assert "ruth" in listed
    assert client.get(f"{path}add/").status_code == 403
    assert client.post(f"{path}{opened.pk}/change/", {"reference": "x"}).status_code == 403
    assert client.post(f"{path}{opened.pk}/delete/", {"post": "yes"}).status_code == 403


def command(*words: object) -> str:
    out = io.StringIO()
    call_command("break_glass", *map(str, words), "--by", "ruth", stdout=out)
    return out.getvalue()


def test_the_command_opens_one_file_prints_no_record_and_ends_it_again(
    file: MentalHealthFile, student: PlatformUser, on_duty: PlatformUser, course: Context, at: datetime
) -> None:
    why = ("--for", on_duty.pseudonym, "--reason", "person_missing", "--reference", "C-7", "--hours", "2")
    said = command("--student", student.pseudonym, "--course", course.context_id, *why)
    opened = EmergencyGrant.objects.get()

    assert opened.file == file
    assert opened.expires_at - opened.granted_at == timedelta(hours=2)
    assert f"Emergency {opened.pk}:" in said
    assert "0.2" not in said
    assert command("--end", opened.pk).strip() == "Ended."
    assert command("--end", opened.pk).strip() == "It was over already."
    assert command("--file", file.public_id, *why).startswith("Emergency")


def test_the_command_says_what_is_missing_or_in_the_way(
    file: MentalHealthFile, student: PlatformUser, on_duty: PlatformUser, at: datetime
) -> None:
    why = ("--for", on_duty.pseudonym, "--reason", "person_missing", "--reference", "C-7")
    stranger = "00000000-0000-4000-8000-000000000000"
    for words_typed, said in (
        (("--file", file.public_id), "Say also: reader, reason, reference"),
        (("--file", stranger, *why), "no such file"),
        (("--student", stranger, "--course", "x", *why), "Nobody has the pseudonym"),
        (("--student", student.pseudonym, "--course", "x", *why), "Name the course"),
        (("--file", file.public_id, *why, "--hours", "1e12"), "twelve at most"),
        (("--end", 99), "no emergency"),
    ):
        with pytest.raises(CommandError, match=said):
            command(*words_typed)
    assert not EmergencyGrant.objects.exists()
