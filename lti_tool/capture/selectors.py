"""Questions about sessions and snippets. Changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lti_tool.capture.errors import SessionEnded, SessionReplaced, SessionUnknown
from lti_tool.capture.limits import OVERTAKING
from lti_tool.capture.models import CaptureSession, SessionEnd, Snippet
from lti_tool.consent.errors import ConsentMissing
from lti_tool.consent.selectors import permits
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, Launch


def session_of(launch: Launch, public_id: UUID) -> CaptureSession:
    """This launch's student's own session in this course, running or not.

    Raises SessionUnknown, or, where a withdrawal took the sessions with it, ConsentMissing.
    """
    own = CaptureSession.objects.of(launch.user, launch.context)
    session = own.select_related("context__deployment", "student").filter(public_id=public_id).first()
    if session is None:
        allowed = permits(student=launch.user, context=launch.context, purpose=Purpose.CAMERA)
        raise SessionUnknown if allowed else ConsentMissing
    return session


def running_session_of(launch: Launch, public_id: UUID) -> CaptureSession:
    """The same, if it still takes snippets. Raises SessionReplaced and SessionEnded too."""
    session = session_of(launch, public_id)
    if session.ended_at is not None:
        raise SessionReplaced if session.end_reason == SessionEnd.REPLACED else SessionEnded
    return session


def sessions_since(launch: Launch, moment: datetime) -> Sequence[CaptureSession]:
    """The student's sessions in this course in which anything was taken since a moment."""
    own = CaptureSession.objects.of(launch.user, launch.context)
    return list(own.filter(snippets__captured_at__gte=moment).distinct())


def snippets_since(session: CaptureSession, after: datetime | None) -> Sequence[Snippet]:
    """Snippets that are waiting, and those that ended about or after a moment, oldest first.

    About: a snippet's end is seen only once its transaction is over, so another may overtake it.
    """
    snippets = session.snippets.select_related("record").order_by("captured_at")
    if after is not None:
        snippets = snippets.exclude(finished_at__lte=after - OVERTAKING)
    return list(snippets[:100])


def activities_begun_from(context: Context, start: datetime, end: datetime) -> Mapping[UUID, int]:
    """By session between two moments, the key of the place in the course from which it was begun.

    Sessions are swept earlier than what was measured in them: of an older one it is not known any more.
    """
    sessions = CaptureSession.objects.of_course(context).begun_from_a_place().under_way(start, end)
    return dict(sessions.values_list("public_id", "resource_link_id"))
