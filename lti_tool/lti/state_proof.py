"""What ties a login to its browser: a cookie for each login, so that tabs do not collide.

In a frame that keeps no cookies the platform keeps the state for us, and the page's script brings it back in
a header. Script of another site cannot send that header, nor ask the platform in our name.
"""

from secrets import compare_digest
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

PREFIX: Final = "attune_state_"
STATE_HEADER: Final = "X-Attune-State"
_FRAMES: Final = ("iframe", "frame", "embed", "object")


def may_lack_cookies(request: HttpRequest) -> bool:
    """Whether this is a frame in which no cookie of ours was seen yet."""
    in_frame = request.headers.get("Sec-Fetch-Dest") in _FRAMES
    return in_frame and settings.SESSION_COOKIE_NAME not in request.COOKIES


def set_state_cookie(response: HttpResponse, state: str) -> None:
    """Leave the state in the browser. It stays there after use: the attempt itself can be used only once."""
    response.set_cookie(
        state_name(state),
        state,
        max_age=settings.LOGIN_ATTEMPT_SECONDS,
        path=reverse("lti:launch"),
        secure=True,
        httponly=True,
        samesite="None",
    )


def came_without_proof(request: HttpRequest) -> bool:
    """Whether the browser brought nothing of any login: neither a cookie nor what the platform kept."""
    return STATE_HEADER not in request.headers and not _has_state_cookies(request)


def state_of(request: HttpRequest) -> str:
    """The state that the platform returned, once this browser has shown the same. Raises LaunchRefused."""
    state = request.POST.get("state", "")
    if not state:
        raise LaunchRefused(Reason.STATE_MISSING)
    if came_without_proof(request):
        raise LaunchRefused(Reason.COOKIE_MISSING)
    shown = request.headers.get(STATE_HEADER) or request.COOKIES.get(state_name(state), "")
    if not compare_digest(shown.encode(), state.encode()):
        raise LaunchRefused(Reason.STATE_MISMATCH)
    return state


def state_name(state: str) -> str:
    """Under which name the browser, or the platform, keeps it."""
    return PREFIX + hash_of(state)[:16]


def _has_state_cookies(request: HttpRequest) -> bool:
    return any(name.startswith(PREFIX) for name in request.COOKIES)
