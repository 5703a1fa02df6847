"""However a session ends, the audit says when and why."""

from datetime import timedelta

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.capture import services
from lti_tool.capture.limits import IDLE_ENDS
from lti_tool.capture.models import CaptureSession, SessionEnd
from lti_tool.lti.models import Context
from tests import factories as make
from tests.factories.times import NOW


def test_replaced_stopped_and_idle_sessions_are_written_down_once_each(course: Context) -> None:
    student = make.consenting(course)
    launch = make.make_launch(student, course)
    begun = []
    for minute in range(3):
        begun.append(services.start_session(launch=launch, at=NOW + timedelta(minutes=minute)))
        if minute == 1:
            for _ in range(2):
                services.stop_session(session=begun[1], at=NOW + timedelta(minutes=minute))
    quiet = NOW + IDLE_ENDS + timedelta(minutes=5)
    services.sweep(at=quiet)

    assert not CaptureSession.objects.running().exists()
    entries = AuditEntry.objects.filter(action=Action.CAPTURE_STOPPED)
    assert list(entries.values_list("actor", "subject", "purpose")) == [
        (str(student.pseudonym), f"session:{session.public_id}", reason)
        for session, reason in zip(
            begun, (SessionEnd.REPLACED, SessionEnd.STOPPED, SessionEnd.IDLE), strict=True
        )
    ]
