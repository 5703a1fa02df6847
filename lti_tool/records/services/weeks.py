"""Make one finished week of a course, and its activities, into bands that single nobody out.

Which session was begun from which activity is known to whoever calls: the camera's room, above this one.
"""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.consent import services as consent
from lti_tool.consent.selectors import missing_before_class_view, students_counted_in_class
from lti_tool.core.errors import AttuneError
from lti_tool.domain.aggregation import class_bands, level_of_week
from lti_tool.domain.blur import Blur
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context
from lti_tool.records.errors import WeekNotOver
from lti_tool.records.models import ClassWeek, SealedSummary
from lti_tool.records.sealed_summaries import open_sessions
from lti_tool.records.selectors import open_files
from lti_tool.records.services.activity_weeks import Begun, levels_of, write_activity_weeks
from lti_tool.records.summaries import SessionSummary
from lti_tool.vault import services as vault

log = logging.getLogger(__name__)

WEEK = timedelta(days=7)
BegunFrom = Callable[[Context, datetime, datetime], Begun]
"""Says of a course's sessions between two moments from which activity each was begun."""


def from_nowhere(_context: Context, _start: datetime, _end: datetime) -> Begun:
    """Of no session it is known: every activity of the week is hidden, for good."""
    return {}


@transaction.atomic
def publish_class_week(
    *, context: Context, week_start: date, at: datetime, begun_from: BegunFrom = from_nowhere
) -> ClassWeek:
    """Write the week's picture and its activities', once: asked again, the first answer is given again.

    All at once and of the same people: a part that is counted later could be told from its whole.
    Raises WeekNotOver, ClassViewLocked.
    """
    start = datetime.combine(week_start, time.min, tzinfo=UTC)
    if at < start + WEEK:
        raise WeekNotOver
    consent.require_class_view(context=context, at=at)
    Context.objects.select_for_update().get(pk=context.pk)
    published = ClassWeek.objects.filter(context=context, week_start=week_start).first()
    return published or _publish(context, start, at, begun_from)


def publish_finished_weeks(*, at: datetime, begun_from: BegunFrom = from_nowhere) -> int:
    """Publish the newest finished week of every course that may see one. Returns how many were new.

    Also where nobody takes part: a course without weeks next to one with hidden weeks would tell that
    somebody does. Only the newest: an older one, published late, would count people who said yes after it.
    """
    monday = at.astimezone(UTC).date() - timedelta(days=at.astimezone(UTC).weekday())
    week_start = monday - WEEK
    courses = Context.objects.select_related("deployment__registration")
    waiting = courses.exclude(weeks__week_start=week_start)
    return sum(
        _published(context, week_start, at, begun_from)
        for context in waiting
        if not missing_before_class_view(context, at)
    )


def _published(context: Context, week_start: date, at: datetime, begun_from: BegunFrom) -> bool:
    """One course whose files do not open must not keep the others waiting."""
    try:
        publish_class_week(context=context, week_start=week_start, at=at, begun_from=begun_from)
    except AttuneError as error:
        log.warning("The week of course %s could not be published: %s", context.pk, error.code)
        return False
    return True


def _publish(context: Context, start: datetime, at: datetime, begun_from: BegunFrom) -> ClassWeek:
    weeks = _sessions_by_student(context, start)
    levels = {str(id): level_of_week(levels_of(sessions)) for id, sessions in weeks.items()}
    bands = class_bands(levels, blur=_blur(context, start))
    week = ClassWeek.objects.create(
        context=context,
        week_start=start.date(),
        published_at=at,
        suppressed=bands.suppressed,
        bands={level.value: share for level, share in bands.shares.items()},
        generated=any(session.generated for sessions in weeks.values() for session in sessions),
    )
    write_activity_weeks(
        week,
        weeks,
        begun_from(context, start, start + WEEK),
        beside=bands,
        contributors=sum(level is not Level.UNKNOWN for level in levels.values()),
        blur_of=lambda activity: _blur(context, start, activity),
    )
    subject = f"context:{context.pk}"
    audit.record(actor=audit.SYSTEM, action=Action.CLASS_WEEK_PUBLISHED, subject=subject, at=at)
    return week


def _blur(context: Context, start: datetime, activity: str = "") -> Blur:
    """From the installation's own secret: nobody who sees a week can undo it, and it is never drawn twice."""
    secret = salted_hmac("lti_tool.records.class_weeks", "", algorithm="sha256").digest()
    return Blur(secret, course=str(context.pk), week=start.date().isoformat(), activity=activity)


def _sessions_by_student(context: Context, start: datetime) -> dict[int, tuple[SessionSummary, ...]]:
    """A session counts in the week in which it ended."""
    files = list(open_files().filter(context=context, student__in=students_counted_in_class(context)))
    opened = vault.open_data_keys([file.data_key_id for file in files])
    keys = {file: opened[file.data_key_id] for file in files}
    sessions = open_sessions(SealedSummary.objects.since(start).before(start + WEEK), keys)
    return {file.student_id: sessions[file.pk] for file in files}
