"""The launch: a platform's pass becomes a page under `/l/<launch>/`, for the browser that asked for it."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from lti_tool.core.clock import now
from lti_tool.core.languages import speak_as_in_course
from lti_tool.core.pace import by_address, paced
from lti_tool.lti import services
from lti_tool.lti.access import launch_url
from lti_tool.lti.browser import bind
from lti_tool.lti.models import LoginAttempt
from lti_tool.lti.paces import LAUNCHES
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.state_proof import STATE_HEADER, came_without_proof, state_name, state_of
from lti_tool.lti.views.invitations import nothing_here


@csrf_exempt
@never_cache
@paced(LAUNCHES, by_address)
def launch(request: HttpRequest) -> HttpResponse:
    """Take the platform's answer. Its state cookie stands in for a token of ours."""
    token, at = _token_of(request), now()
    if _may_be_kept(request) and (kept := services.find_kept_attempt(state=_state(request), at=at)):
        return _ask_the_platform(request, kept, token)
    attempt = services.finish_attempt(state=state_of(request), at=at)
    request.frame_origins = attempt.registration.frame_origins  # type: ignore[attr-defined]
    verified = services.believe(token=token, attempt=attempt, at=at)
    # From here on a refusal, too, is read in the language of the course.
    speak_as_in_course(request, verified.locale)
    visit = services.admit(verified=verified, registration=attempt.registration, at=at)
    if not visit.viewers:
        return nothing_here(request, visit.newcomer)
    opened = services.record_launch(visit=visit, bind_browser=partial(bind, request.session), at=at)
    return HttpResponseRedirect(launch_url(opened, "dashboards:home"))


def _may_be_kept(request: HttpRequest) -> bool:
    return came_without_proof(request) and "platform_asked" not in request.POST


def _ask_the_platform(request: HttpRequest, attempt: LoginAttempt, token: str) -> HttpResponse:
    """A page whose script asks the platform for the state it kept, and comes back with it."""
    origins = attempt.registration.frame_origins
    request.frame_origins = origins  # type: ignore[attr-defined]
    # Every page of this launch is shown within this one, and some post a form to the platform.
    request.form_origins = ["'self'", *origins]  # type: ignore[attr-defined]
    state = _state(request)
    shown = {
        "attempt": attempt,
        "name": state_name(state),
        "state": state,
        "state_header": STATE_HEADER,
        "token": token,
        "platform_origin": attempt.registration.login_origin,
    }
    return render(request, "lti/without_cookies.html", shown)


def _state(request: HttpRequest) -> str:
    return request.POST.get("state", "")


def _token_of(request: HttpRequest) -> str:
    if request.method != "POST":
        raise LaunchRefused(Reason.OPENED_DIRECTLY)
    if "error" in request.POST:
        raise LaunchRefused(Reason.PLATFORM_ERROR)
    token = request.POST.get("id_token", "")
    if not token:
        raise LaunchRefused(Reason.TOKEN_MISSING)
    return token
