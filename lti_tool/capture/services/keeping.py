"""Let go of sessions when their time is over. Knows the lifetime from domain.retention, not who calls."""

from datetime import datetime

from lti_tool.capture.models import CaptureSession
from lti_tool.domain.retention import Kind, over_since


def delete_old_sessions(*, at: datetime) -> int:
    """Delete every session that ended so long ago, with its snippets' rows. Returns how many sessions."""
    old = CaptureSession.objects.filter(ended_at__lte=over_since(Kind.CAPTURE_SESSION, at=at))
    _, deleted = old.delete()
    return deleted.get(CaptureSession._meta.label, 0)
