"""The figures of a class: publishing a finished week with its activities, and the pages that show twelve."""

import random
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from functools import partial
from statistics import median

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from lti_tool.capture.models import CaptureSession, SessionEnd
from lti_tool.capture.selectors import activities_begun_from
from lti_tool.core import clock
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, ResourceLink
from lti_tool.records import services as records
from lti_tool.records.models import SUMMARY_SCHEMA, MentalHealthFile, SealedSummary
from lti_tool.records.sealed_summaries import seal_summary
from lti_tool.records.summaries import SessionSummary
from lti_tool.vault import services as vault
from tests import factories as make
from tests.bench.vault import tell
from tests.factories.people import INSTRUCTOR

PAGE_MAY_TAKE_MS = 100
WEEKS, ACTIVITIES, SESSIONS_A_WEEK, SNIPPETS = 12, 6, 4, 60
WEEK = timedelta(weeks=1)
PAGES = ("dashboards:class", "dashboards:class_csv", "dashboards:class_svg")
LEVELS = (Level.LOWER, Level.USUAL, Level.USUAL, Level.USUAL, Level.RAISED, Level.HIGH)


def run(students: int) -> int:
    """Print a figure a line. Returns 1 when a page takes longer than it may."""
    at, context = clock.now(), make.make_context()
    first = (at - timedelta(days=at.weekday(), weeks=WEEKS)).date()
    links = _places(context, first)
    for _ in range(students):
        _live_through(context, links, first)
    what = f"publish a week of {students}, {SESSIONS_A_WEEK} sessions each, {ACTIVITIES} activities, CPU"
    tell(what, f"{median(_publish(context, first + n * WEEK, at) for n in range(WEEKS)):.2f} s")
    teacher = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    return int(max(_page(teacher, name) for name in PAGES) > PAGE_MAY_TAKE_MS)


def _publish(context: Context, week_start: date, at: datetime) -> float:
    began = time.process_time()
    records.publish_class_week(
        context=context, week_start=week_start, at=at, begun_from=activities_begun_from
    )
    return time.process_time() - began


def _page(teacher: make.Browser, name: str) -> float:
    address = teacher.address(name)
    teacher.get(address)  # templates are read once a process
    reset_queries()  # a full log would count no more
    with CaptureQueriesContext(connection) as asked:
        teacher.get(address)
    statements = len(asked)  # the next request empties the log
    took = median(cpu_ms(partial(teacher.get, address)) for _ in range(21))
    what = f"{name}, {WEEKS} weeks, {ACTIVITIES} activities, {statements} statements"
    tell(f"{what}, CPU", f"{took:.1f} ms")
    return took


def cpu_ms(act: Callable[[], object]) -> float:
    """Of this process: whatever else the machine is busy with."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _places(context: Context, first: date) -> list[ResourceLink]:
    return [
        ResourceLink.objects.create(
            context=context,
            resource_link_id=f"lab-{number}",
            title=f"Lab {number + 1}",
            difficulty=number % 5 + 1,
            due_date=first + 2 * number * WEEK + timedelta(days=11),
        )
        for number in range(ACTIVITIES)
    ]


def _live_through(context: Context, links: Sequence[ResourceLink], first: date) -> None:
    """One student, measured four times a week, each time from some place of the course."""
    begin = datetime.combine(first, hour(10), tzinfo=UTC)
    student = make.consenting(context, at=begin - timedelta(days=1))
    file = records.open_file(student=student, context=context, at=begin)
    days = [
        begin + week * WEEK + timedelta(days=day) for week in range(WEEKS) for day in range(SESSIONS_A_WEEK)
    ]
    sessions = [_session(day) for day in days]
    key = vault.open_data_key(file.data_key)
    SealedSummary.objects.bulk_create(
        SealedSummary(
            file=file,
            session_id=session.session_id,
            started_at=session.started_at,
            ended_at=session.ended_at,
            schema_version=SUMMARY_SCHEMA,
            sealed=seal_summary(session, file, key),
        )
        for session in sessions
    )
    CaptureSession.objects.bulk_create(_begun(file, session, random.choice(links)) for session in sessions)  # noqa: S311 - invented


def _begun(file: MentalHealthFile, session: SessionSummary, link: ResourceLink) -> CaptureSession:
    return CaptureSession(
        public_id=session.session_id,
        student=file.student,
        context=file.context,
        resource_link=link,
        started_at=session.started_at,
        ended_at=session.ended_at,
        end_reason=SessionEnd.STOPPED,
    )


def _session(at: datetime) -> SessionSummary:
    return SessionSummary(
        session_id=uuid.uuid4(),
        started_at=at,
        ended_at=at + timedelta(minutes=10),
        score=0.3,
        low=0.25,
        high=0.35,
        snippets=SNIPPETS,
        frames=8 * SNIPPETS,
        valid_frames=8 * SNIPPETS,
        reasons={},
        levels={random.choice(LEVELS): SNIPPETS},  # noqa: S311 - invented
        model_versions=("bench",),
        generated=False,
    )
