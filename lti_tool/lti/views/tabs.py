"""From the frame into a new tab: ask for a pass there, redeem it here."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lti_tool.core.clock import now
from lti_tool.core.errors import BadInput
from lti_tool.core.pace import by_address, by_launch, paced
from lti_tool.core.refusal import prefers_json
from lti_tool.domain.access import Viewer
from lti_tool.lti import services
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.browser import bind
from lti_tool.lti.paces import ENTRIES, NEW_TABS
from lti_tool.lti.services.tabs import PASS_SECONDS


@require_POST
@paced(NEW_TABS, by_launch)
@launched(*Viewer)
def new_tab(request: LaunchedRequest) -> HttpResponse:
    """Issue a pass for `page` (a page's name; by default the first one), as JSON or as a page with a link."""
    page = _page_of(request)
    token = services.issue_tab_pass(launch=request.launch, page=page, at=now())
    url = reverse("lti:enter", args=[token])
    if prefers_json(request):
        return JsonResponse({"url": url, "seconds": PASS_SECONDS}, status=201)
    return render(request, "lti/new_tab.html", {"url": url, "seconds": PASS_SECONDS})


@require_GET
@never_cache
@paced(ENTRIES, by_address, methods=("GET",))
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Redeem a pass: the new tab's browser gets a launch of its own."""
    arrival = services.redeem_tab_pass(token=token, bind_browser=partial(bind, request.session), at=now())
    return HttpResponseRedirect(launch_url(arrival.launch, arrival.page))


def _page_of(request: LaunchedRequest) -> str:
    page = request.POST.get("page", "dashboards:home")
    try:
        launch_url(request.launch, page)
    except NoReverseMatch:
        raise BadInput(gettext("There is no such page to open in a new tab.")) from None
    return page
