"""Give the demonstration's course a past: answers, generated records, finished class weeks."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import uuid5

from django.db import transaction

from lti_tool.alerts.models import Case
from lti_tool.capture.selectors import activities_begun_from
from lti_tool.consent import services as consent
from lti_tool.consent.models import Consent
from lti_tool.demo import activities, care, patterns
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


@transaction.atomic
def work_on_cases(context: Context, *, at: datetime) -> int:
    """What the rule made of it all, and what the counselor did; gives the number of cases."""
    from tests.platform.people import COUNSELOR

    people = PlatformUser.objects.filter(registration=context.deployment.registration)
    known = {person.sub: person for person in people}
    parts = {known[part.sub].pk: part for part in classmates()}
    counselor = known[COUNSELOR.sub]
    counselor.name = COUNSELOR.name
    counselor.save(update_fields=["name"])
    begins = history_begins(at) + timedelta(weeks=2)
    if not care.work_through(context, parts, counselor, since=begins, at=at):
        return 0
    asks = [part for part in classmates() if not part.purposes][-1]
    care.ask(known[asks.sub], context, asks.name, at=at - timedelta(hours=5))
    return Case.objects.filter(context=context).count()


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
    platform = context.deployment.registration.issuer
    file, written = None, 0
    for session in patterns.sessions(part.story, random, until=at.date()):
        file = file or records.open_file(student=student, context=context, at=session.started_at)
        records.refresh_baseline(file=file, at=session.started_at)
        # The same story may be told for two platforms in one database.
        session_id = uuid5(session.session_id, platform)
        activities.begin_from(
            activities.place_of(session, links, number=student.pk),
            student,
            context,
            session,
            session_id=session_id,
        )
        for moment, measured in session.measured:
            records.append_record(
                file=file,
                measured=measured,
                session_id=session_id,
                origin=Origin.GENERATED,
                at=moment,
            )
        written += len(session.measured)
        care.check_in_now_and_then(part, student, context, session)
    return written
