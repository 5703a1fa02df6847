"""A form without the secret of its session: under a launch that is over, that is why."""

from django.http import HttpRequest, HttpResponse

from lti_tool.core.clock import now
from lti_tool.core.refusal import refusal
from lti_tool.core.views import csrf_failure
from lti_tool.lti.errors import LaunchExpired
from lti_tool.lti.selectors import find_launch


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form without its token, for the one reason that a page can act upon."""
    name = _launch_named_by(request)
    launch = find_launch(name) if name else None
    if launch is not None and launch.expires_at <= now():
        return refusal(request, LaunchExpired())
    return csrf_failure(request, reason)


def _launch_named_by(request: HttpRequest) -> str:
    return str(request.resolver_match.kwargs.get("launch", "")) if request.resolver_match else ""
