"""Histories that persist, cases that were begun, and addresses of counselors."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from lti_tool.alerts import services
from lti_tool.alerts.models import CareDesk, Case, CounselorAddress
from lti_tool.domain.alerting import Pattern, SessionLevel
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.times import NOW

WORDS = "my brother died in spring, and I kept silent"
ORDINARY = [[0.2, 0.21, 0.19, 0.2]] * 6
TENSE = [[0.7, 0.72, 0.71, 0.7]] * 5
DAY = timedelta(days=1)


def tense_file(
    student: PlatformUser,
    context: Context,
    *,
    sessions: Sequence[Sequence[float | None]] = (*ORDINARY, *TENSE),
    until: datetime = NOW,
) -> MentalHealthFile:
    """A session every second day, the last one two days before `until`, all summarised."""
    file = make.history(student, context, sessions, apart=2 * DAY, until=until)
    records.summarise_sessions(at=until + timedelta(minutes=5))
    return file


def persisting(*, until: datetime = NOW) -> Pattern:
    """Three raised sessions over eight days."""
    moments = [until - 8 * DAY, until - 4 * DAY, until - timedelta(hours=1)]
    sessions = tuple(SessionLevel(str(uuid4()), at, at + DAY / 48, Level.HIGH, 2.5) for at in moments)
    return Pattern(sessions, looked_at=5)


def asked(
    student: PlatformUser, context: Context, *, text: str = WORDS, at: datetime = NOW - timedelta(hours=1)
) -> Case:
    return services.ask_for_contact(student=student, context=context, name="Ada L.", text=text, at=at)


def raised(file: MentalHealthFile, *, at: datetime = NOW) -> Case:
    return services.raise_alert(file=file, pattern=persisting(until=at), at=at)


def raised_of_many(context: Context, count: int, *, at: datetime = NOW) -> list[Case]:
    """As many students, each with a case that a rule began."""
    students = [make.make_student(context, name=f"Student {number}") for number in range(count)]
    return [raised(records.open_file(student=s, context=context, at=at), at=at) for s in students]


def addressed(
    counselor: PlatformUser, *, email: str = "", only_digest: bool = False, language: str = ""
) -> CounselorAddress:
    """A counselor who wants to be told."""
    email = email or f"counselor{counselor.pk}@example.edu"
    return CounselorAddress.objects.create(
        counselor=counselor, email=email, only_digest=only_digest, language=language, changed_at=NOW
    )


def desk(context: Context, **values: object) -> CareDesk:
    return CareDesk.objects.create(deployment=context.deployment, **values)
