"""What to paste where a platform does not register tools by itself. Public: it holds addresses, no secret."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from lti_tool.lti import services
from lti_tool.lti.protocol.scopes import SCOPES
from lti_tool.lti.quirks.families import FAMILIES
from lti_tool.lti.quirks.registration import pasted_configuration

_cached = cache_control(public=True, max_age=600)


@require_safe
@_cached
@vary_on_cookie  # where the reader's language is kept
def configuration(request: HttpRequest) -> HttpResponse:
    """Every address and choice, as a page."""
    context = {"tool": services.describe_tool(), "scopes": SCOPES, "families": FAMILIES}
    return render(request, "lti/configuration.html", context)


@require_safe
@_cached
def configuration_document(request: HttpRequest) -> JsonResponse:
    """The same as one document, for the platform family that reads one."""
    return JsonResponse(pasted_configuration(services.describe_tool()))
