"""The door of every page under a launch: `@launched` finds the launch, its browser and its viewer."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from lti_tool.core.clock import now
from lti_tool.core.languages import speak_as_in_course
from lti_tool.domain.access import Viewer
from lti_tool.lti.browser import is_bound
from lti_tool.lti.errors import DoorClosed, LaunchExpired, LaunchMissing, WrongViewer
from lti_tool.lti.models import Launch
from lti_tool.lti.selectors import find_launch, viewers_of

P = ParamSpec("P")


class LaunchedRequest(HttpRequest):
    """A request under a launch. Its class is changed by `@launched`; nobody makes one."""

    launch: Launch
    viewer: Viewer
    viewers: tuple[Viewer, ...]
    frame_origins: list[str]
    form_origins: list[str]
    door_closed: bool


LaunchedView = Callable[Concatenate[LaunchedRequest, P], HttpResponseBase]


def launched(*allowed: Viewer) -> Callable[[LaunchedView[P]], Callable[..., HttpResponseBase]]:
    """Let in only the browser that made the launch, while it lasts, and only these viewers (none named: any).

    Where a door was closed, only pages stay open that name the owner: what is a person's own.
    The view is called without the `launch` of its address. No browser keeps what it answers. The
    page speaks the reader's language. Raises LaunchMissing, LaunchExpired, DoorClosed, WrongViewer.
    """

    def decorate(view: LaunchedView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, launch: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            at = now()
            found = _launch_of(request, public_id=launch, at=at)
            speak_as_in_course(request, found.locale)
            response = view(_under_launch(request, found, allowed, at), *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return guarded

    return decorate


def launch_url(launch: Launch, name: str, **kwargs: object) -> str:
    """The address of a page under this launch."""
    return reverse(name, kwargs={"launch": launch.public_id, **kwargs})


def _launch_of(request: HttpRequest, *, public_id: str, at: datetime) -> Launch:
    launch = find_launch(public_id)
    if launch is None:
        raise LaunchMissing
    # Before the browser is looked at: its session may have ended with the launch.
    if launch.expires_at <= at:
        speak_as_in_course(request, launch.locale)
        raise LaunchExpired
    if not is_bound(request.session, launch.browser_hash):
        raise LaunchMissing
    return launch


def _under_launch(
    request: HttpRequest, launch: Launch, allowed: tuple[Viewer, ...], at: datetime
) -> LaunchedRequest:
    under = cast(LaunchedRequest, request)
    under.frame_origins = launch.context.deployment.registration.frame_origins
    under.viewers = viewers_of(launch, at)
    under.door_closed = not launch.context.deployment.is_open
    anybody = not allowed and not under.door_closed
    fitting = [viewer for viewer in under.viewers if anybody or viewer in allowed]
    if under.viewers:
        # Set before a refusal too: its page then links to the pages that are this person's.
        under.launch, under.viewer = launch, (fitting or under.viewers)[0]
    if not fitting and under.door_closed:
        raise DoorClosed
    if not fitting:
        raise WrongViewer(launch.roles)
    return under
