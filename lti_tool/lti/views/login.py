"""Third-party initiated login: the platform sends the browser here, and we send it back with a state."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lti_tool.core.clock import now
from lti_tool.core.pace import by_address, paced
from lti_tool.lti import services
from lti_tool.lti.paces import LOGINS
from lti_tool.lti.services.logins import StartedLogin
from lti_tool.lti.state_proof import may_lack_cookies, set_state_cookie, state_name


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@paced(LOGINS, by_address, methods=("GET", "POST"))
def login(request: HttpRequest) -> HttpResponse:
    """Answer a login initiation. It comes from another site, so it can carry no token of ours."""
    fields = request.POST if request.method == "POST" else request.GET
    started = services.start_login(parameters=fields.dict(), at=now())
    response = (
        _page_that_goes_on(request, started, fields)
        if may_lack_cookies(request)
        else HttpResponseRedirect(started.redirect_to)
    )
    set_state_cookie(response, started.state)
    return response


def _page_that_goes_on(request: HttpRequest, started: StartedLogin, fields: QueryDict) -> HttpResponse:
    """The browser itself finds out whether it keeps cookies here, while another way can still be taken.

    Afterwards it is too late: some platforms answer a login only once.
    """
    origins = started.registration.frame_origins
    request.frame_origins = origins  # type: ignore[attr-defined]
    # In a new tab the same request comes here again, and goes on to the platform from here: browsers check
    # every step of the way, and the door of a cloud leads on to the school's own site.
    request.form_origins = ["'self'", started.registration.login_origin, *origins]  # type: ignore[attr-defined]
    shown = {
        "started": started,
        "name": state_name(started.state),
        "platform_origin": started.registration.login_origin,
        "initiation": fields.items(),
    }
    return render(request, "lti/logging_in.html", shown)
