"""Begin and end capture sessions. Knows nothing of frames."""

from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.capture.models import CaptureSession, SessionEnd, SessionQuerySet
from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Launch, PlatformUser
from lti_tool.records import services as records


@transaction.atomic
def start_session(*, launch: Launch, at: datetime) -> CaptureSession:
    """Begin a session; an older one of the same student in the same course ends.

    The person is held first, as in a withdrawal: whichever comes second sees what the first one did.
    Raises ConsentMissing without the student's yes, SensingLocked while the deployment is not activated.
    """
    PlatformUser.objects.select_for_update().get(pk=launch.user_id)
    consent.require(student=launch.user, context=launch.context, purpose=Purpose.CAMERA, at=at)
    file = records.open_file(student=launch.user, context=launch.context, at=at)
    records.refresh_baseline(file=file, at=at)
    end_sessions(CaptureSession.objects.of(launch.user, launch.context), reason=SessionEnd.REPLACED, at=at)
    session = CaptureSession.objects.create(
        student=launch.user, context=launch.context, resource_link=launch.resource_link, started_at=at
    )
    _audit(session, Action.CAPTURE_STARTED, at=at)
    return session


@transaction.atomic
def stop_session(*, session: CaptureSession, at: datetime) -> None:
    """End the session. What was already received is still measured; nothing more is taken."""
    end_sessions(CaptureSession.objects.filter(pk=session.pk), reason=SessionEnd.STOPPED, at=at)


@transaction.atomic
def end_sessions(sessions: SessionQuerySet, *, reason: SessionEnd, at: datetime) -> int:
    """End those of them that run, and write down for each why. Returns how many."""
    running = list(sessions.running().select_for_update(of=("self",)).select_related("student"))
    CaptureSession.objects.filter(pk__in=[session.pk for session in running]).end(reason=reason, at=at)
    for session in running:
        _audit(session, Action.CAPTURE_STOPPED, purpose=reason.value, at=at)
    return len(running)


def _audit(session: CaptureSession, action: Action, *, purpose: str = "", at: datetime) -> None:
    actor, subject = str(session.student.pseudonym), f"session:{session.public_id}"
    audit.record(actor=actor, action=action, subject=subject, purpose=purpose, at=at)
