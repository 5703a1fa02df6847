"""HTTP for the capture page. Translates and nothing else."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lti_tool.capture import selectors, services, tasks
from lti_tool.capture.errors import MalformedField
from lti_tool.capture.intake import read_submission
from lti_tool.capture.limits import SNIPPETS, STARTS, STRIP_SHOWS
from lti_tool.capture.results import recent_levels, results_of
from lti_tool.consent.selectors import missing_before_sensing, permits
from lti_tool.core import clock
from lti_tool.core.pace import by_launch, paced
from lti_tool.domain.access import Viewer
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import Level
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.models import Deployment


@launched(Viewer.STUDENT)
@require_GET
@never_cache
def page(request: LaunchedRequest) -> HttpResponseBase:
    """The camera page; without a yes, the question comes first. While it is locked, the calm corner."""
    launch = request.launch
    if missing_before_sensing(launch.context, clock.now()):
        return redirect(launch_url(launch, "wellbeing:calm"))
    if not permits(student=launch.user, context=launch.context, purpose=Purpose.CAMERA):
        return redirect(launch_url(launch, "consent:page"))
    deployment = launch.context.deployment
    return render(
        request,
        "capture/page.html",
        {
            "deployment": deployment,
            "sample_clip": reverse("demo:sample-clip") if settings.DEMO_SAMPLE_CLIP else "",
            "levels": list(Level),
            "recent": recent_levels(launch, since=clock.now() - STRIP_SHOWS),
            "minutes": settings.SPOOL_MAX_SECONDS // 60,
        },
    )


@paced(STARTS, by_launch)
@launched(Viewer.STUDENT)
@require_POST
def start(request: LaunchedRequest) -> JsonResponse:
    """Begin a session."""
    session = services.start_session(launch=request.launch, at=clock.now())
    address = partial(launch_url, request.launch, session=session.public_id)
    return JsonResponse(
        {
            "session": session.public_id,
            "settings": _settings(request.launch.context.deployment),
            "snippets": address("capture:snippets"),
            "results": address("capture:results"),
            "stop": address("capture:stop"),
        },
        status=201,
    )


@launched(Viewer.STUDENT)
@require_POST
def stop(request: LaunchedRequest, session: UUID) -> JsonResponse:
    """End a session."""
    services.stop_session(session=selectors.session_of(request.launch, session), at=clock.now())
    return JsonResponse({"session": session})


@paced(SNIPPETS, by_launch)
@launched(Viewer.STUDENT)
@require_POST
def snippets(request: LaunchedRequest, session: UUID) -> JsonResponse:
    """Take a snippet in. Sending it again is harmless, and sends its task again if nobody took it yet."""
    running = selectors.running_session_of(request.launch, session)
    submission = read_submission(
        request.POST, request.FILES.getlist("frames"), expected=running.context.deployment.snippet_frames
    )
    snippet = services.accept_snippet(session=running, submission=submission, at=clock.now())
    if snippet.is_unclaimed:
        transaction.on_commit(partial(tasks.analyse_snippet.delay, snippet.pk), robust=True)
    return JsonResponse({"snippet": snippet.public_id}, status=202)


@launched(Viewer.STUDENT)
@require_GET
@never_cache
def results(request: LaunchedRequest, session: UUID) -> JsonResponse:
    """What became of the session's snippets; `after` leaves out what the page already knows."""
    services.expire_overdue(at=clock.now())
    found = results_of(
        selectors.session_of(request.launch, session), after=_moment(request.GET.get("after", ""))
    )
    return JsonResponse({"snippets": [result.as_dict() for result in found]})


def _settings(deployment: Deployment) -> dict[str, float]:
    return {
        "frames": deployment.snippet_frames,
        "seconds": deployment.snippet_seconds,
        "interval_s": deployment.snippet_interval_s,
    }


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        moment = None
    if text and (moment is None or moment.tzinfo is None):
        raise MalformedField(gettext("after must be an ISO 8601 time with its zone."))
    return moment
