"""Everything goes when its time is over, not a moment before, and a dry run tells the same beforehand."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError

from lti_tool.alerts import services as alerts
from lti_tool.alerts.models import Case
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.services import verify
from lti_tool.capture.models import CaptureSession, Failure, Snippet
from lti_tool.consent import services as consent
from lti_tool.consent.models import Consent
from lti_tool.core import clock
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import (
    Context,
    CounselorGrant,
    CounselorInvitation,
    DeepLinkingRequest,
    LoginAttempt,
    PlatformUser,
    RegistrationLink,
    TabPass,
)
from lti_tool.privacy import services as privacy
from lti_tool.privacy import tasks
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.over import OVER
from lti_tool.privacy.services import SweepIncomplete, due, sweep, sweep_kind, sweeping
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile
from lti_tool.vault.models import DataKey
from lti_tool.wellbeing import services as wellbeing
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

MOMENT = timedelta(seconds=1)
Maker = Callable[[Context, datetime], object]
"""Makes one of a kind whose time begins to count at a moment."""


def frames(context: Context, at: datetime) -> Snippet:
    student = make.make_student(context)
    session = CaptureSession.objects.create(student=student, context=context, started_at=at)
    return Snippet.objects.create(
        session=session,
        client_id=uuid.uuid4(),
        frame_count=8,
        byte_count=1,
        spool_key=b"wrapped",
        captured_at=at,
        received_at=at,
    )


def login(context: Context, at: datetime) -> LoginAttempt:
    return LoginAttempt.objects.create(
        registration=context.deployment.registration,
        state_hash=uuid.uuid4().hex,
        nonce_hash="",
        target_link_uri="https://attune.example/",
        created_at=at,
        expires_at=at,
    )


def launch(context: Context, at: datetime) -> object:
    return make.make_launch(make.make_student(context), context, at=NOW, expires_at=at)


def tab_pass(context: Context, at: datetime) -> TabPass:
    held = make.make_launch(make.make_student(context), context)
    return TabPass.objects.create(launch=held, token_hash=uuid.uuid4().hex, page="home", expires_at=at)


def deep_linking(context: Context, at: datetime) -> DeepLinkingRequest:
    held = make.make_launch(make.make_instructor(context), context)
    return DeepLinkingRequest.objects.create(launch=held, sealed=b"", expires_at=at)


def browser_session(context: Context, at: datetime) -> Session:
    return Session.objects.create(session_key=uuid.uuid4().hex, session_data="", expire_date=at)


def capture_session(context: Context, at: datetime) -> CaptureSession:
    student = make.make_student(context)
    return CaptureSession.objects.create(student=student, context=context, started_at=at, ended_at=at)


def record(context: Context, at: datetime) -> object:
    file = records.open_file(student=make.make_student(context), context=context, at=NOW)
    return records.append_record(file=file, measured=make.measured(), session_id=uuid.uuid4(), at=at)


def case(context: Context, at: datetime) -> Case:
    student = make.make_student(context)
    asked = alerts.ask_for_contact(student=student, context=context, name="", text="please", at=at)
    return alerts.close(case=asked, by=None, reason=ClosingReason.HELPED, at=at)


def empty_file(context: Context, at: datetime) -> MentalHealthFile:
    return records.open_file(student=make.make_student(context), context=context, at=at)


def closed_file(context: Context, at: datetime) -> MentalHealthFile:
    file = empty_file(context, NOW)
    records.destroy_file(file=file, at=at)
    return file


def answer(context: Context, at: datetime) -> Consent:
    return consent.decline(student=make.make_student(context), context=context, at=at)


def receipt(context: Context, at: datetime) -> Receipt:
    return Receipt.objects.create(student=make.make_student(context), context=context, given_at=at)


def invitation(context: Context, at: datetime) -> CounselorInvitation:
    return CounselorInvitation.objects.create(
        deployment=context.deployment,
        token_hash=uuid.uuid4().hex,
        invited_by="ruth",
        created_at=at,
        expires_at=at,
        grant_expires_at=at,
    )


def grant(context: Context, at: datetime) -> CounselorGrant:
    return CounselorGrant.objects.create(
        user=make.make_student(context),
        deployment=context.deployment,
        granted_by="ruth",
        granted_at=at,
        expires_at=NOW + timedelta(days=1),
        revoked_at=at,
    )


def registration_link(context: Context, at: datetime) -> RegistrationLink:
    return RegistrationLink.objects.create(
        purpose="Moodle", token_hash=uuid.uuid4().hex, made_by="ruth", created_at=at, expires_at=at
    )


def log_entry(context: Context, at: datetime) -> LogEntry:
    ruth, _ = User.objects.get_or_create(username="ruth")
    kind = ContentType.objects.get_for_model(User)
    return LogEntry.objects.create(user=ruth, content_type=kind, action_flag=CHANGE, action_time=at)


def calm_answer(context: Context, at: datetime) -> object:
    person = make.make_student(context)
    return wellbeing.say_whether_it_helped(
        student=person, context=context, exercise=Exercise.SLOW, helped=Helped.YES, at=at
    )


MAKERS: dict[Kind, Maker] = {
    Kind.FRAMES_IN_SPOOL: frames,
    Kind.LOGIN_ATTEMPT: login,
    Kind.TAB_PASS: tab_pass,
    Kind.DEEP_LINKING_REQUEST: deep_linking,
    Kind.BROWSER_SESSION: browser_session,
    Kind.LAUNCH: launch,
    Kind.CAPTURE_SESSION: capture_session,
    Kind.STRESS_RECORD: record,
    Kind.CASE: case,
    Kind.EMPTY_FILE: empty_file,
    Kind.CLOSED_FILE: closed_file,
    Kind.CALM_ANSWER: calm_answer,
    Kind.CALM_DIARY: calm_answer,
    Kind.CONSENT_ANSWER: answer,
    Kind.RECEIPT: receipt,
    Kind.COUNSELOR_INVITATION: invitation,
    Kind.COUNSELOR_GRANT: grant,
    Kind.REGISTRATION_LINK: registration_link,
    Kind.ADMINISTRATION_LOG: log_entry,
}


@pytest.fixture
def context() -> Context:
    return make.make_context()


def due_of(kind: Kind, *, at: datetime = NOW) -> tuple[int, datetime | None]:
    (found,) = (one for one in due(at=at) if one.kind is kind)
    return found.number, found.oldest


def test_every_kind_but_people_is_tried_here() -> None:
    assert set(MAKERS) == set(Kind) - {Kind.PERSON}


@pytest.mark.parametrize("kind", list(MAKERS))
def test_each_kind_goes_when_its_time_is_over_and_not_before(kind: Kind, context: Context) -> None:
    over = NOW - LIFETIMES[kind]
    MAKERS[kind](context, over)
    MAKERS[kind](context, over + MOMENT)
    model = OVER[kind].rows(NOW).model
    before = model._default_manager.count()

    assert due_of(kind) == (1, over)
    assert model._default_manager.count() == before, "a look changes nothing"
    assert sweep_kind(kind, at=NOW) == 1
    assert due_of(kind) == (0, None)
    assert sweep_kind(kind, at=NOW) == 0
    assert sweep_kind(kind, at=NOW + MOMENT) == 1
    assert verify().finding is None


def test_frames_are_ended_visibly_and_their_row_stays_with_its_session(context: Context) -> None:
    snippet = frames(context, NOW - LIFETIMES[Kind.FRAMES_IN_SPOOL])
    sweep_kind(Kind.FRAMES_IN_SPOOL, at=NOW)
    snippet.refresh_from_db()
    assert (snippet.failure, bytes(snippet.spool_key)) == (Failure.FRAMES_EXPIRED, b"")


def test_a_diary_that_nobody_wrote_in_goes_with_its_key(context: Context) -> None:
    calm_answer(context, NOW - LIFETIMES[Kind.CALM_DIARY])
    sweep_kind(Kind.CALM_DIARY, at=NOW)
    assert not DataKey.objects.exists()
    assert AuditEntry.objects.get(action=Action.DIARY_DESTROYED).actor == "system"


def test_an_empty_file_loses_its_key_and_is_closed(context: Context) -> None:
    file = empty_file(context, NOW - LIFETIMES[Kind.EMPTY_FILE])
    sweep_kind(Kind.EMPTY_FILE, at=NOW)
    file.refresh_from_db()
    assert file.closed_at == NOW
    assert bytes(DataKey.objects.get(pk=file.data_key_id).wrapped) == b""
    assert AuditEntry.objects.filter(actor="system", action=Action.FILE_DESTROYED).count() == 1


def test_a_file_in_use_is_not_empty(context: Context) -> None:
    long_ago = NOW - LIFETIMES[Kind.EMPTY_FILE]
    student = make.make_student(context)
    records.open_file(student=student, context=context, at=long_ago)
    CaptureSession.objects.create(student=student, context=context, started_at=NOW)
    assert due_of(Kind.EMPTY_FILE)[0] == 0


def test_a_closed_file_takes_the_rest_of_its_key_along(context: Context) -> None:
    closed_file(context, NOW - LIFETIMES[Kind.CLOSED_FILE])
    open_one = empty_file(context, NOW)
    sweep_kind(Kind.CLOSED_FILE, at=NOW)
    assert [key.pk for key in DataKey.objects.all()] == [open_one.data_key_id]


def test_an_answer_stays_as_long_as_a_file_rests_on_it(context: Context) -> None:
    student, later = make.consenting(context), NOW + LIFETIMES[Kind.CONSENT_ANSWER]
    file = records.open_file(student=student, context=context, at=NOW)
    assert due_of(Kind.CONSENT_ANSWER, at=later)[0] == 0
    records.destroy_file(file=file, at=later)
    assert due_of(Kind.CONSENT_ANSWER, at=later) == (1, NOW)


def test_a_withdrawn_answer_is_counted_from_its_withdrawal(context: Context) -> None:
    student, later = make.consenting(context), NOW + LIFETIMES[Kind.CONSENT_ANSWER]
    consent.withdraw_consent(student=student, context=context, at=NOW + MOMENT)
    assert due_of(Kind.CONSENT_ANSWER, at=later)[0] == 0
    assert due_of(Kind.CONSENT_ANSWER, at=later + MOMENT)[0] == 2, "the yes, and what followed it"


def test_a_person_goes_with_the_last_thing_that_is_held_of_them(context: Context) -> None:
    person = make.make_student(context)
    held = make.make_launch(person, context, at=NOW - timedelta(days=30))
    assert due_of(Kind.PERSON) == (0, None)
    sweep(at=NOW)
    assert not type(held).objects.exists()
    assert not PlatformUser.objects.filter(pk=person.pk).exists()
    assert str(person.pseudonym) not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "kind", [Kind.RECEIPT, Kind.CONSENT_ANSWER, Kind.COUNSELOR_GRANT, Kind.CAPTURE_SESSION, Kind.EMPTY_FILE]
)
def test_a_person_stays_while_anything_refers_to_them(kind: Kind, context: Context) -> None:
    MAKERS[kind](context, NOW)
    sweep_kind(Kind.PERSON, at=NOW)
    assert PlatformUser.objects.count() == 1


def test_what_went_is_written_down_with_its_number(context: Context) -> None:
    for _ in range(2):
        launch(context, NOW - LIFETIMES[Kind.LAUNCH])
    sweep(at=NOW)
    entries = AuditEntry.objects.filter(action=Action.TIME_OVER).values_list("actor", "subject", "purpose")
    assert list(entries) == [("system", "launch", "2"), ("system", "person", "2")]


def test_one_kind_that_fails_keeps_no_other_and_is_told(
    context: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_at: datetime) -> int:
        raise OperationalError

    monkeypatch.setitem(sweeping.WITH_CARE, Kind.LOGIN_ATTEMPT, broken)
    launch(context, NOW - LIFETIMES[Kind.LAUNCH])
    with pytest.raises(SweepIncomplete, match="login_attempt"):
        sweep(at=NOW)
    assert due_of(Kind.LAUNCH)[0] == 0
    assert "login_attempt" in caplog.text
    with pytest.raises(CommandError, match="login_attempt"):
        call_command("sweep")


def test_the_clock_and_the_command_do_the_same(context: Context) -> None:
    out = StringIO()
    long_ago = clock.now() - timedelta(days=30)
    launch(context, long_ago)
    call_command("sweep", "--dry-run", stdout=out)
    assert f"launch: 1 would go, the oldest of {long_ago:%Y-%m-%d %H:%M}" in out.getvalue()
    assert len(out.getvalue().splitlines()) == len(Kind)

    assert tasks.sweep()["launch"] == 1
    launch(context, long_ago)
    call_command("sweep", stdout=out)
    assert "launch: 1 let go" in out.getvalue()
    assert privacy.sweep_kind(Kind.LAUNCH, at=clock.now()) == 0
