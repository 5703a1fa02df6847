"""A person of whom something of every kind is held, in two courses."""

import uuid
from datetime import timedelta

import pytest

from lti_tool.alerts import services as alerts
from lti_tool.alerts.models import CounselorAddress, LastLook, WordKind
from lti_tool.capture.models import CaptureSession, Snippet, SnippetState
from lti_tool.domain.alerting import Pattern, SessionLevel
from lti_tool.domain.cases import Step
from lti_tool.domain.checkins import Phq4, SelfReport, Shared
from lti_tool.domain.consent import Purpose
from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.prompts import Moment, Reply
from lti_tool.domain.remarks import Remark
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, DeepLinkingRequest, PlatformUser, TabPass
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile, Origin
from lti_tool.wellbeing import services as wellbeing
from tests import factories as make
from tests.factories.times import NOW

HOSTILE = '"},{"</script><b>\u2028 migraine, not stress'


@pytest.fixture
def person(db: None) -> PlatformUser:
    """Measured, erased, measured again; said something, took something back; a counselor too."""
    first = make.make_context(title="Statistics <I>")
    second = make.make_context(deployment=first.deployment, title="Latin")
    person = make.consenting(first, name="Ada Lovelace", at=NOW - timedelta(days=40))
    make.history(person, first, [[0.9] * 3], until=NOW - timedelta(days=30))
    privacy.withdraw(student=person, context=first, at=NOW - timedelta(days=29))
    _live(person, first)
    _live(person, second)
    privacy.withdraw_purpose(student=person, context=second, purpose=Purpose.CLASS, at=NOW)
    make.make_counselor_of(person, first)
    CounselorAddress.objects.create(counselor=person, email="ada@example.edu", changed_at=NOW)
    person.refresh_from_db()
    return person


def _live(person: PlatformUser, context: Context) -> None:
    make.give_everything(person, context, at=NOW - timedelta(days=10))
    file = make.history(person, context, [[0.1] * 3, [0.2] * 3, [None] * 3, [0.7, 0.8, 0.9]])
    records.append_record(
        file=file, measured=make.measured(0.4), session_id=uuid.uuid4(), origin=Origin.GENERATED, at=NOW
    )
    records.refresh_baseline(file=file, at=NOW)
    records.summarise_sessions(at=NOW + timedelta(hours=1))
    _say(file, 0, Remark(HOSTILE))
    _say(file, 3, Remark("", does_not_fit=True))
    for minutes, report in ((90, SelfReport(7, Phq4(2, 1, 3, 1))), (30, SelfReport(4))):
        records.keep_check_in(
            student=person,
            context=context,
            report=report,
            shared=Shared.NOBODY,
            at=NOW - timedelta(minutes=minutes),
        )
    wellbeing.say_whether_it_helped(
        student=person, context=context, exercise=Exercise.BOX, helped=Helped.A_LITTLE, at=NOW
    )
    wellbeing.offer_break(student=person, context=context, moment=Moment.PAUSE, timed=False, at=NOW)
    wellbeing.reply_to_offer(student=person, context=context, reply=Reply.DISMISSED, at=NOW)
    _tell_counselors(file)
    session = CaptureSession.objects.create(student=person, context=context, started_at=NOW)
    Snippet.objects.create(
        session=session,
        client_id=uuid.uuid4(),
        state=SnippetState.RECEIVED,
        frame_count=8,
        byte_count=100,
        captured_at=NOW,
        received_at=NOW,
    )
    launch = make.make_launch(person, context, name="Ada Lovelace", at=NOW)
    TabPass.objects.create(launch=launch, token_hash=uuid.uuid4().hex, page="p", expires_at=NOW)
    DeepLinkingRequest.objects.create(launch=launch, sealed=b"", expires_at=NOW)


def _tell_counselors(file: MentalHealthFile) -> None:
    """A case with everything in it, and the look that might have begun it."""
    LastLook.objects.create(file=file, looked_at=NOW, sessions_until=NOW)
    counselor = make.make_counselor(file.context)
    CounselorAddress.objects.create(counselor=counselor, email="cora@example.edu", changed_at=NOW)
    level = SessionLevel(str(uuid.uuid4()), NOW - timedelta(days=8), NOW - timedelta(days=8), Level.HIGH, 2.5)
    pattern = Pattern((level,) * 3, looked_at=5)
    case = alerts.raise_alert(file=file, pattern=pattern, at=NOW - timedelta(hours=3))
    alerts.say_of_case(case=case, kind=WordKind.CONTEST, text=HOSTILE, at=NOW - timedelta(hours=2))
    alerts.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=NOW - timedelta(hours=1))
    colleague = make.make_counselor(file.context)
    alerts.hand_over(case=case, by=counselor, to=colleague, at=NOW - timedelta(minutes=30))
    alerts.write_note(case=case, author=counselor, text=f"spoke with them. {HOSTILE}", at=NOW)


def _say(file: MentalHealthFile, number: int, remark: Remark) -> None:
    sessions = list(dict.fromkeys(file.records.order_by("recorded_at").values_list("session_id", flat=True)))
    records.say_of_session(file=file, session_id=sessions[number], remark=remark, at=NOW)
