"""What the clock asks of the records room. Each may run twice."""

from typing import TYPE_CHECKING, Final

from celery import Task, shared_task

from lti_tool.core import clock
from lti_tool.core.http import PlatformSilent
from lti_tool.records import services

if TYPE_CHECKING:
    CourseTask = Task[[int], int]
else:
    CourseTask = Task  # generic in its stubs only

ROSTER_TRIES: Final = 4
FIRST_WAIT_S: Final = 15
LONGEST_WAIT_S: Final = 60  # a message that waits longer than the broker's time-out is handed out twice


@shared_task
def summarise_sessions() -> int:
    """Make the summaries that are due. Returns how many; what is left, the next minute does."""
    return services.summarise_sessions(at=clock.now())


@shared_task
def add_missing_summaries() -> int:
    """Have one made for sessions that have none. Returns how many."""
    return services.add_missing_summaries()


@shared_task
def compare_with_rosters() -> int:
    """Have every course that has a list compared with it, each on its own. Returns how many."""
    courses = services.courses_with_rosters()
    for context_id in courses:
        compare_with_roster.delay(context_id)
    return len(courses)


@shared_task(bind=True, max_retries=ROSTER_TRIES - 1)
def compare_with_roster(self: CourseTask, context_id: int) -> int:
    """One course. A busy platform is asked again when it says so; if that is long, the next round will do.

    Returns how many notes changed.
    """
    try:
        return services.compare_with_roster(context_id=context_id, at=clock.now())
    except PlatformSilent as silent:
        wait = getattr(silent, "retry_after_s", FIRST_WAIT_S * 2**self.request.retries)
        if wait > LONGEST_WAIT_S:
            raise
        raise self.retry(exc=silent, countdown=wait) from silent
