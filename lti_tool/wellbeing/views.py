"""The calm corner's page. Needs no consent, keeps nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lti_tool.consent import selectors as consent
from lti_tool.domain.access import Viewer
from lti_tool.domain.consent import Purpose
from lti_tool.lti.access import LaunchedRequest, launched

# One dot a second: four of breathing in, six of breathing out, as in pace.js.
BEATS = ("in",) * 4 + ("out",) * 6


@require_safe
@launched()
def calm(request: LaunchedRequest) -> HttpResponse:
    """Exercises that work for everybody; a student without the camera reads that this is fine."""
    launch = request.launch
    camera_off = request.viewer is Viewer.STUDENT and not consent.permits(
        student=launch.user, context=launch.context, purpose=Purpose.CAMERA
    )
    return render(request, "wellbeing/calm.html", {"camera_off": camera_off, "beats": BEATS})
