"""Make one finished week of a course into bands that single nobody out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.consent.selectors import students_counted_in_class
from lti_tool.domain.aggregation import class_bands, level_of_week
from lti_tool.lti.models import Context
from lti_tool.records.errors import WeekNotOver
from lti_tool.records.history import Observation
from lti_tool.records.models import ClassWeek, MentalHealthFile, Origin, StressRecord
from lti_tool.records.sealed import open_records
from lti_tool.records.selectors import open_files
from lti_tool.vault import services as vault

WEEK = timedelta(days=7)


@transaction.atomic
def publish_class_week(*, context: Context, week_start: date, at: datetime) -> ClassWeek:
    """Write the week's picture, once: asked again, the first answer is given again. Raises WeekNotOver."""
    start = datetime.combine(week_start, time.min, tzinfo=UTC)
    if at < start + WEEK:
        raise WeekNotOver
    Context.objects.select_for_update().get(pk=context.pk)
    published = ClassWeek.objects.filter(context=context, week_start=week_start).first()
    return published or _publish(context, start, at)


def publish_finished_weeks(*, at: datetime) -> int:
    """Publish the newest finished week of every course where somebody is measured. Returns how many were new.

    Only the newest: an older one, published late, would count people who said yes after it.
    """
    monday = at.astimezone(UTC).date() - timedelta(days=at.astimezone(UTC).weekday())
    week_start = monday - WEEK
    measured_in = open_files().values("context")
    waiting = Context.objects.filter(pk__in=measured_in).exclude(weeks__week_start=week_start)
    for context in waiting:
        publish_class_week(context=context, week_start=week_start, at=at)
    return len(waiting)


def _publish(context: Context, start: datetime, at: datetime) -> ClassWeek:
    weeks = {file.student_id: list(_observations(file, start)) for file in _files_counted(context)}
    bands = class_bands({str(id): level_of_week([o.level for o in week]) for id, week in weeks.items()})
    week = ClassWeek.objects.create(
        context=context,
        week_start=start.date(),
        published_at=at,
        suppressed=bands.suppressed,
        bands={level.value: share for level, share in bands.shares.items()},
        generated=any(o.origin is Origin.GENERATED for week in weeks.values() for o in week),
    )
    subject = f"context:{context.pk}"
    audit.record(actor=audit.SYSTEM, action=Action.CLASS_WEEK_PUBLISHED, subject=subject, at=at)
    return week


def _files_counted(context: Context) -> Iterator[MentalHealthFile]:
    yield from open_files().filter(context=context, student__in=students_counted_in_class(context))


def _observations(file: MentalHealthFile, start: datetime) -> Iterator[Observation]:
    key = vault.open_data_key(file.data_key)
    yield from open_records(StressRecord.objects.of(file).between(start, start + WEEK), file, key)
