"""Where an invited counselor pastes the code: under a launch, or at the door of who has no page here yet."""

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lti_tool.core.clock import now
from lti_tool.core.pace import by_address, by_launch, paced
from lti_tool.domain.access import Viewer
from lti_tool.lti import services
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.errors import InvitationRefused
from lti_tool.lti.paces import CODES, CODES_AT_THE_DOOR
from lti_tool.lti.protocol.roles import plain_words
from lti_tool.lti.services.newcomers import Newcomer

DOOR: Final = "lti/nothing_here.html"


@require_http_methods(["GET", "HEAD", "POST"])
@paced(CODES, by_launch)
@launched(Viewer.COUNSELOR, Viewer.INSTRUCTOR, Viewer.STUDENT)
def invitation(request: LaunchedRequest) -> HttpResponse:
    """Redeem a code under a launch; the next page is already the counselor's."""
    if request.method != "POST":
        return _asked(request, request.launch.roles)
    try:
        services.redeem_invitation(
            code=request.POST.get("code", ""), newcomer=services.newcomer_of(request.launch), at=now()
        )
    except InvitationRefused as refused:
        return _asked(request, request.launch.roles, refused)
    return redirect(launch_url(request.launch, "dashboards:home"))


@csrf_exempt
@never_cache
@require_POST
@paced(CODES_AT_THE_DOOR, by_address)
def invitation_at_the_door(request: HttpRequest) -> HttpResponse:
    """Redeem a code without a launch. The signed pass in the form says who came, in place of a token."""
    at, door_pass = now(), request.POST.get("door_pass", "")
    newcomer = services.read_door_pass(door_pass=door_pass, at=at)
    request.frame_origins = newcomer.deployment.registration.frame_origins  # type: ignore[attr-defined]
    try:
        services.redeem_invitation(code=request.POST.get("code", ""), newcomer=newcomer, at=at)
    except InvitationRefused as refused:
        return _shown(request, DOOR, newcomer.roles, refused, door_pass=door_pass)
    return render(request, "lti/invited.html")


def nothing_here(request: HttpRequest, newcomer: Newcomer) -> HttpResponse:
    """The page of who came in well and has no page here: with a place for a code, if they have one."""
    door_pass = services.issue_door_pass(newcomer=newcomer, at=now())
    return _shown(request, DOOR, newcomer.roles, None, door_pass=door_pass)


def _asked(
    request: HttpRequest, roles: Sequence[str], refused: InvitationRefused | None = None
) -> HttpResponse:
    return _shown(request, "lti/invitation.html", roles, refused)


def _shown(
    request: HttpRequest,
    template: str,
    roles: Sequence[str],
    refused: InvitationRefused | None,
    **more: str,
) -> HttpResponse:
    shown = {"roles": plain_words(roles), "refused": refused, **more}
    return render(request, template, shown, status=refused.status if refused else 200)
