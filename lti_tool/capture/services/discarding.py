"""Destroy frames that must not be measured any more, and sessions with them. Knows nothing of why."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lti_tool.capture import spool
from lti_tool.capture.errors import SpoolAway
from lti_tool.capture.models import CaptureSession, Snippet, SnippetQuerySet, SnippetState
from lti_tool.lti.models import Context, PlatformUser

log = logging.getLogger(__name__)


def discard(snippets: SnippetQuerySet, *, at: datetime) -> int:
    """Destroy both halves of the frames of waiting snippets. Returns how many there were."""
    with transaction.atomic():
        waiting = list(snippets.waiting().select_for_update().values_list("pk", "public_id"))
        Snippet.objects.filter(pk__in=[pk for pk, _ in waiting]).update(
            state=SnippetState.DISCARDED, finished_at=at, spool_key=b""
        )
    forget_frames(*(public_id for _, public_id in waiting))
    return len(waiting)


@transaction.atomic
def erase_sessions(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """Discard what waits and delete every session of the student in a course. Returns the snippets discarded.

    The sessions are held first: a snippet on its way in waits, and then finds its session gone.
    """
    sessions = CaptureSession.objects.of(student, context)
    held = list(sessions.select_for_update().values_list("pk", flat=True))
    discarded = discard(Snippet.objects.filter(session__in=held), at=at)
    sessions.filter(pk__in=held).delete()
    return discarded


def forget_frames(*snippets: UUID) -> None:
    """Drop frames from the spool. Where it does not answer, its own time limit drops them."""
    try:
        spool.destroy(*snippets)
    except SpoolAway:
        log.warning("The spool did not answer; frames of %d snippets expire by themselves.", len(snippets))
