"""The reader's own language: for this launch at once, and in the browser for the next ones."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lti_tool.core.errors import BadInput
from lti_tool.core.words import gettext_noop as _
from lti_tool.domain.access import Viewer
from lti_tool.lti import services
from lti_tool.lti.access import LaunchedRequest, launch_url, launched


class LanguageUnknown(BadInput):
    """Not one of the languages of this installation."""

    code = "language_unknown"
    message = _("Attune does not have this language. Nothing was changed.")
    next_step = _("Go back, and choose one of the languages at the foot of the page.")


@require_POST
@launched(*Viewer)
def language(request: LaunchedRequest) -> HttpResponse:
    """Change to `language` and come back to `next`, a page of ours."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise LanguageUnknown
    # A browser without cookies forgets the choice with the launch; hence both.
    services.read_in(launch=request.launch, language=chosen)
    response = HttpResponseRedirect(_way_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="None",
    )
    return response


def _way_back(request: LaunchedRequest) -> str:
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else launch_url(request.launch, "dashboards:home")
