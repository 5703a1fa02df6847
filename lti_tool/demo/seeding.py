"""Give the demonstration's course a past: answers, generated records, finished class weeks."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.db import transaction

from lti_tool.capture.selectors import activities_begun_from
from lti_tool.consent import services as consent
from lti_tool.consent.models import Consent
from lti_tool.demo import activities, patterns
from lti_tool.demo.course import Part, classmates
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import Origin

SEED: Final = 69


def history_begins(at: datetime) -> datetime:
    """A day before the first generated week."""
    monday = at - timedelta(days=at.weekday(), weeks=patterns.WEEKS)
    return monday.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=1)


@transaction.atomic
def fill_course(context: Context, *, at: datetime) -> int:
    """Write the past of everybody who has none; gives the number of records. Again adds nothing."""
    return sum(_live_through(part, context, at=at) for part in classmates())


@transaction.atomic
def publish_weeks(context: Context, *, at: datetime) -> int:
    """Publish each finished week; gives how many there are."""
    first = history_begins(at).date() + timedelta(days=1)
    weeks: list[date] = [first + timedelta(weeks=number) for number in range(patterns.WEEKS)]
    for week_start in weeks:
        records.publish_class_week(
            context=context, week_start=week_start, at=at, begun_from=activities_begun_from
        )
    return len(weeks)


def _live_through(part: Part, context: Context, *, at: datetime) -> int:
    student, _ = PlatformUser.objects.get_or_create(
        registration=context.deployment.registration, sub=part.sub, defaults={"name": part.shared_name}
    )
    if Consent.objects.of(student, context).exists():
        return 0
    answered = history_begins(at) + timedelta(hours=2)
    if not part.purposes:
        consent.decline(student=student, context=context, at=answered)
        return 0
    consent.give_consent(
        student=student, context=context, purposes=part.purposes, adult_confirmed=True, at=answered
    )
    return _record(part, student, context, at=at)


def _record(part: Part, student: PlatformUser, context: Context, *, at: datetime) -> int:
    random = Random(f"{SEED}|{part.sub}")  # noqa: S311 -- invented people, nothing to protect
    first_week = history_begins(at).date() + timedelta(days=1)
    links = activities.place_activities(context, first_week=first_week)
    file, written = None, 0
    for session in patterns.sessions(part.story, random, until=at.date()):
        file = file or records.open_file(student=student, context=context, at=session.started_at)
        records.refresh_baseline(file=file, at=session.started_at)
        activities.begin_from(
            activities.place_of(session, links, number=student.pk), student, context, session
        )
        for moment, measured in session.measured:
            records.append_record(
                file=file,
                measured=measured,
                session_id=session.session_id,
                origin=Origin.GENERATED,
                at=moment,
            )
        written += len(session.measured)
    return written
