"""Measure snippets and append a record for each, once. Knows nothing of the broker or of HTTP."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db import OperationalError, transaction

from lti_tool.capture import analysis, spool
from lti_tool.capture.errors import FramesGone
from lti_tool.capture.limits import ATTEMPTS_MAX
from lti_tool.capture.models import Failure, Snippet, SnippetState
from lti_tool.capture.services.claiming import claim, claim_others, give_back
from lti_tool.capture.services.discarding import discard, forget_frames
from lti_tool.capture.services.expiring import expire_overdue
from lti_tool.consent import services as consent
from lti_tool.core import clock
from lti_tool.core.errors import Refused, Transient
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import MeasuredStress
from lti_tool.records import services as records
from lti_tool.records.errors import FileClosed
from lti_tool.records.selectors import open_file_of

log = logging.getLogger(__name__)


class ClaimLost(Exception):
    """While it was measured, the snippet was discarded or taken over."""


class Held(NamedTuple):
    """A claimed snippet with its frames in clear."""

    snippet: Snippet
    frames: list[bytes]


def analyse(*, snippet_id: int, take_over: bool, at: datetime) -> None:
    """Claim, measure, record, and do the same for others that wait, in one call of the analyser.

    Does nothing when the snippet is in another's hands, at an end, or has waited longer than pictures may.
    take_over: the earlier holder of this very message is known to be gone.
    Raises Transient when it is worth another try; after ATTEMPTS_MAX tries the snippet has failed instead.
    """
    expire_overdue(at=at)
    first = claim(snippet_id, take_over=take_over, at=at)
    if first is None:
        return
    # The oldest first: a level depends on those before it.
    batch = sorted([first, *claim_others(first, at=at)], key=attrgetter("captured_at"))
    held = _take_frames([snippet for snippet in batch if _goes_on(snippet, at)])
    for (snippet, frames), measured in zip(held, _measure_together(held), strict=True):
        with _its_own_fate(snippet):
            _record(snippet, measured or analysis.measure(frames))


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


def _goes_on(snippet: Snippet, at: datetime) -> bool:
    """False: it was tried too often, or may not be measured any more, and is at its end."""
    if snippet.attempts > ATTEMPTS_MAX:
        fail(snippet, Failure.WORKER_LOST, at=at)
        return False
    if not may_measure(snippet, at=at):
        discard(Snippet.objects.filter(pk=snippet.pk), at=at)
        return False
    return True


def _take_frames(batch: Sequence[Snippet]) -> list[Held]:
    """Those whose frames are still there; the others have failed. Raises Transient, with all given back."""
    held = []
    try:
        for snippet in batch:
            try:
                held.append(Held(snippet, spool.take(snippet.public_id, bytes(snippet.spool_key))))
            except FramesGone:
                fail(snippet, Failure.FRAMES_EXPIRED, at=clock.now())
    except Transient:
        for snippet in batch:
            _release(snippet)
        raise
    return held


def _release(snippet: Snippet) -> None:
    """Put it back for another try, or give up after the last one."""
    if snippet.attempts >= ATTEMPTS_MAX:
        fail(snippet, Failure.SERVICE_AWAY, at=clock.now())
    else:
        give_back(snippet)


def _measure_together(held: Sequence[Held]) -> Sequence[MeasuredStress | None]:
    """One measurement for each; None where it is to be measured alone."""
    alone = [None] * len(held)
    if len(held) < 2:
        return alone
    try:
        return analysis.measure_many([frames for _, frames in held])
    except Exception:  # three native libraries' errors share no type, and a card's memory can run out
        log.exception("A batch of %d could not be measured; each is now measured alone.", len(held))
        return alone


@contextmanager
def _its_own_fate(snippet: Snippet) -> Iterator[None]:
    """Let what goes wrong with one snippet fail that one and no other; its frames go either way."""
    try:
        yield
    except ClaimLost:
        return  # whoever discarded it or took it over sees to its frames
    except (FileClosed, Refused):
        discard(Snippet.objects.filter(pk=snippet.pk), at=clock.now())
    except Transient:
        fail(snippet, Failure.SERVICE_AWAY, at=clock.now())
    except OperationalError:
        fail(snippet, Failure.NOT_RECORDED, at=clock.now())
    except Exception:  # the end of the line for this one: the rest of its batch goes on
        log.exception("Snippet %s could not be measured.", snippet.public_id)
        fail(snippet, Failure.ANALYSIS_ERROR, at=clock.now())
    forget_frames(snippet.public_id)


@transaction.atomic
def _record(snippet: Snippet, measured: MeasuredStress) -> None:
    """Append the record if the snippet is still ours; the row's lock keeps a withdrawal out.

    Raises ClaimLost, FileClosed; SensingLocked where the activation ended while it was measured.
    """
    session, at = snippet.session, clock.now()
    mine = Snippet.objects.held_as(snippet)
    if not mine.update(state=SnippetState.MEASURED, finished_at=at, spool_key=b""):
        raise ClaimLost
    consent.require_sensing(context=session.context, at=at)
    file = open_file_of(session.student, session.context)
    if file is None:
        raise FileClosed
    record = records.append_record(
        file=file, measured=measured, session_id=session.public_id, at=snippet.captured_at
    )
    Snippet.objects.filter(pk=snippet.pk).update(record=record)
