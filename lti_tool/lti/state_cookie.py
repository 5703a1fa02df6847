"""The cookie that ties a login to its browser: one for each login, so that tabs do not collide."""

from secrets import compare_digest
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

PREFIX: Final = "attune_state_"


def set_state_cookie(response: HttpResponse, state: str) -> None:
    """Leave the state in the browser. It stays there after use: the attempt itself can be used only once."""
    response.set_cookie(
        _name(state),
        state,
        max_age=settings.LOGIN_ATTEMPT_SECONDS,
        path=reverse("lti:launch"),
        secure=True,
        httponly=True,
        samesite="None",
    )


def state_of(request: HttpRequest) -> str:
    """The state that the platform returned, once this browser has shown the same. Raises LaunchRefused."""
    state = request.POST.get("state", "")
    if not state:
        raise LaunchRefused(Reason.STATE_MISSING)
    if not compare_digest(request.COOKIES.get(_name(state), "").encode(), state.encode()):
        has_others = any(name.startswith(PREFIX) for name in request.COOKIES)
        raise LaunchRefused(Reason.STATE_MISMATCH if has_others else Reason.COOKIE_MISSING)
    return state


def _name(state: str) -> str:
    return PREFIX + hash_of(state)[:16]
