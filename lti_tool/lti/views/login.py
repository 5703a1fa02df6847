"""Third-party initiated login: the platform sends the browser here, and we send it back with a state."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.state_cookie import set_state_cookie


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Answer a login initiation. It comes from another site, so it can carry no token of ours."""
    fields = request.POST if request.method == "POST" else request.GET
    started = services.start_login(parameters=fields.dict(), at=now())
    response = HttpResponseRedirect(started.redirect_to)
    set_state_cookie(response, started.state)
    return response
