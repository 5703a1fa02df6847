"""Measure one snippet and append the record, once. Knows nothing of the broker or of HTTP."""

from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import F

from lti_tool.capture import analysis, spool
from lti_tool.capture.errors import FramesGone, SpoolAway
from lti_tool.capture.limits import ATTEMPTS_MAX
from lti_tool.capture.models import Failure, Snippet, SnippetState
from lti_tool.capture.services.discarding import discard, forget_frames
from lti_tool.consent import services as consent
from lti_tool.core import clock
from lti_tool.core.errors import Refused, Transient
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import MeasuredStress
from lti_tool.records import services as records
from lti_tool.records.selectors import open_file_of


class ClaimLost(Exception):
    """While it was measured, the snippet was discarded or taken over."""


def analyse(*, snippet_id: int, take_over: bool, at: datetime) -> None:
    """Claim, measure, record. Does nothing when the snippet is in another's hands or already at an end.

    take_over: the earlier holder of this very message is known to be gone.
    Raises Transient when it is worth another try; after ATTEMPTS_MAX tries the snippet has failed instead.
    """
    snippet = claim(snippet_id, take_over=take_over, at=at)
    if snippet is None:
        return
    if snippet.attempts > ATTEMPTS_MAX:
        fail(snippet, Failure.WORKER_LOST, at=at)
    elif not may_measure(snippet, at=at):
        discard(Snippet.objects.filter(pk=snippet.pk), at=at)
    else:
        _measure(snippet)


def claim(snippet_id: int, *, take_over: bool, at: datetime) -> Snippet | None:
    """Make the snippet this worker's own by one conditional UPDATE, or return None."""
    snippets = Snippet.objects.filter(pk=snippet_id)
    claimed = snippets.claimable(at=at, take_over=take_over).update(
        state=SnippetState.MEASURING, claimed_at=at, attempts=F("attempts") + 1
    )
    return snippets.select_related("session__student", "session__context").get() if claimed else None


def may_measure(snippet: Snippet, *, at: datetime) -> bool:
    """The student's yes is asked for again, because it may have been taken back after the upload."""
    session = snippet.session
    try:
        consent.require(student=session.student, context=session.context, purpose=Purpose.CAMERA, at=at)
    except Refused:
        return False
    return True


def fail(snippet: Snippet, failure: Failure, *, at: datetime) -> None:
    """Give up, visibly, and destroy the frames."""
    Snippet.objects.waiting().filter(pk=snippet.pk).update(
        state=SnippetState.FAILED, failure=failure, finished_at=at, spool_key=b""
    )
    forget_frames(snippet.public_id)


def _measure(snippet: Snippet) -> None:
    try:
        frames = spool.take(snippet.public_id, bytes(snippet.spool_key))
    except FramesGone:
        fail(snippet, Failure.FRAMES_EXPIRED, at=clock.now())
        return
    except SpoolAway as error:
        _release(snippet, error)
        raise
    try:
        _record(snippet, analysis.measure(frames))
    except ClaimLost:
        return
    except OperationalError:
        fail(snippet, Failure.NOT_RECORDED, at=clock.now())
    finally:
        forget_frames(snippet.public_id)


def _release(snippet: Snippet, error: Transient) -> None:
    """Put it back for another try, or give up after the last one."""
    if snippet.attempts >= ATTEMPTS_MAX:
        fail(snippet, Failure.SERVICE_AWAY, at=clock.now())
    else:
        Snippet.objects.filter(pk=snippet.pk, claimed_at=snippet.claimed_at).update(
            state=SnippetState.RECEIVED, claimed_at=None
        )


@transaction.atomic
def _record(snippet: Snippet, measured: MeasuredStress) -> None:
    """Append the record if the snippet is still ours; the row's lock keeps a withdrawal out."""
    mine = Snippet.objects.filter(pk=snippet.pk, state=SnippetState.MEASURING, claimed_at=snippet.claimed_at)
    session, at = snippet.session, clock.now()
    if not mine.update(state=SnippetState.MEASURED, finished_at=at, spool_key=b""):
        raise ClaimLost
    file = open_file_of(session.student, session.context)
    if file is None:
        raise ClaimLost
    record = records.append_record(
        file=file, measured=measured, session_id=session.public_id, at=snippet.captured_at
    )
    Snippet.objects.filter(pk=snippet.pk).update(record=record)
