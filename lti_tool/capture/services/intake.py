"""Take a snippet in: its frames into the spool, its row into the database. Measures nothing."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from lti_tool.capture import spool
from lti_tool.capture.errors import Backlogged, SessionEnded
from lti_tool.capture.intake import Submission
from lti_tool.capture.limits import BACKLOG_MAX, CLOCK_TRUSTED, OWN_BACKLOG_MAX
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.capture.services.discarding import forget_frames
from lti_tool.capture.services.expiring import expire_overdue
from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose


def accept_snippet(*, session: CaptureSession, submission: Submission, at: datetime) -> Snippet:
    """Store a snippet once, however often it is sent.

    Raises ConsentMissing, SensingLocked, SessionEnded, Backlogged (too much waits, or the spool is full),
    SpoolAway; nothing is kept then.
    """
    expire_overdue(at=at)
    consent.require(student=session.student, context=session.context, purpose=Purpose.CAMERA, at=at)
    known = session.snippets.filter(client_id=submission.client_id).first()
    if known is not None:
        return known
    _require_room(session)
    return _store(session, submission, at)


def _require_room(session: CaptureSession) -> None:
    if session.snippets.waiting().count() >= OWN_BACKLOG_MAX:
        raise Backlogged
    if Snippet.objects.waiting().count() >= BACKLOG_MAX:
        raise Backlogged


def _store(session: CaptureSession, submission: Submission, at: datetime) -> Snippet:
    snippet = Snippet(
        public_id=uuid.uuid4(),
        session=session,
        client_id=submission.client_id,
        frame_count=len(submission.frames),
        byte_count=submission.byte_count,
        captured_at=_believable(submission.captured_at, at),
        received_at=at,
    )
    snippet.spool_key = spool.put(snippet.public_id, submission.frames)
    try:
        _insert(snippet)
    except IntegrityError:
        forget_frames(snippet.public_id)
        return session.snippets.get(client_id=submission.client_id)
    except SessionEnded:
        forget_frames(snippet.public_id)
        raise
    return snippet


@transaction.atomic
def _insert(snippet: Snippet) -> None:
    """Add the row while its session is held: a session that is stopped or erased takes nothing any more."""
    running = CaptureSession.objects.running().select_for_update()
    if running.filter(pk=snippet.session_id).first() is None:
        raise SessionEnded
    snippet.save(force_insert=True)


def _believable(captured_at: datetime, at: datetime) -> datetime:
    return captured_at if at - CLOCK_TRUSTED <= captured_at <= at else at
