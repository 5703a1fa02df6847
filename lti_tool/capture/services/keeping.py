"""Let go of sessions when their time is over. Knows the lifetime from domain.retention, not who calls."""

from datetime import datetime

from lti_tool.capture.models import CaptureSession, SessionQuerySet
from lti_tool.domain.retention import Kind, over_since


def old_sessions(*, at: datetime) -> SessionQuerySet:
    """Every session that ended so long ago. The rows of its snippets go with it."""
    return CaptureSession.objects.filter(ended_at__lte=over_since(Kind.CAPTURE_SESSION, at=at))
