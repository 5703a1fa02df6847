"""Find what dead workers and closed pages left behind. Measures nothing."""

from dataclasses import dataclass
from datetime import datetime

from lti_tool.capture import spool
from lti_tool.capture.limits import ATTEMPTS_MAX, IDLE_ENDS
from lti_tool.capture.models import CaptureSession, Failure, SessionEnd, Snippet
from lti_tool.capture.services.expiring import expire_overdue
from lti_tool.capture.services.measuring import fail
from lti_tool.capture.services.sessions import end_sessions


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found. `again` are the snippets whose task must be sent once more."""

    expired: int
    lost: int
    idle_sessions: int
    again: tuple[int, ...]


def sweep(*, at: datetime) -> Swept:
    """Fail what cannot be measured any more, end quiet sessions, name what deserves another task.

    Raises SpoolAway.
    """
    expired, lost, again = expire_overdue(at=at), 0, []
    for snippet in Snippet.objects.overdue(at=at):
        if not spool.holds(snippet.public_id):
            fail(snippet, Failure.FRAMES_EXPIRED, at=at)
            expired += 1
        elif snippet.attempts >= ATTEMPTS_MAX:
            fail(snippet, Failure.WORKER_LOST, at=at)
            lost += 1
        else:
            again.append(snippet.pk)
    quiet = CaptureSession.objects.running().quiet_since(at - IDLE_ENDS)
    idle = end_sessions(quiet, reason=SessionEnd.IDLE, at=at)
    return Swept(expired=expired, lost=lost, idle_sessions=idle, again=tuple(again))
