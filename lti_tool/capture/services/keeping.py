"""Let go of sessions when the time that their deployment chose is over. Knows not who calls."""

from datetime import datetime

from lti_tool.activation.selectors import over_since_by_deployment
from lti_tool.capture.models import CaptureSession
from lti_tool.domain.retention import Kind


def delete_old_sessions(*, at: datetime) -> int:
    """Delete every session that ended so long ago, with its snippets' rows. Returns how many sessions."""
    count = 0
    for moment, deployments in over_since_by_deployment(Kind.CAPTURE_SESSION, at):
        old = CaptureSession.objects.filter(context__deployment__in=deployments, ended_at__lte=moment)
        count += old.delete()[1].get(CaptureSession._meta.label, 0)
    return count
