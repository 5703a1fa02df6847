"""The calm corner's page. Needs no consent, keeps nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lti_tool.consent import selectors as consent
from lti_tool.core.clock import now
from lti_tool.domain.access import Viewer
from lti_tool.domain.consent import Purpose
from lti_tool.lti.access import LaunchedRequest, launched

# One dot a second: four of breathing in, six of breathing out, as in pace.js.
BEATS = ("in",) * 4 + ("out",) * 6


@require_safe
@launched()
def calm(request: LaunchedRequest) -> HttpResponse:
    """Exercises that work for everybody; a student reads that the camera is off, and why that is fine."""
    launch = request.launch
    locked = bool(consent.missing_before_sensing(launch.context, now()))
    camera_off = not locked and not consent.permits(
        student=launch.user, context=launch.context, purpose=Purpose.CAMERA
    )
    is_student = request.viewer is Viewer.STUDENT
    shown = {"locked": locked and is_student, "camera_off": camera_off and is_student, "beats": BEATS}
    return render(request, "wellbeing/calm.html", shown)
