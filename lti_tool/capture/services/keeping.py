"""Let go of sessions when the time that their deployment chose is over. Knows not who calls."""

from datetime import datetime

from django.db.models import Q

from lti_tool.activation.selectors import over_since_by_deployment
from lti_tool.capture.models import CaptureSession, SessionQuerySet
from lti_tool.domain.retention import Kind


def old_sessions(*, at: datetime) -> SessionQuerySet:
    """Every session that ended so long ago. The rows of its snippets go with it."""
    over = Q(pk__in=[])
    for moment, deployments in over_since_by_deployment(Kind.CAPTURE_SESSION, at):
        over |= Q(context__deployment__in=deployments, ended_at__lte=moment)
    return CaptureSession.objects.filter(over)
