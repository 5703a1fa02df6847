"""The author's page: choose what to place, and carry the signed answer back to the platform."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lti_tool.core.clock import now
from lti_tool.core.pace import by_launch, paced
from lti_tool.domain.access import Viewer
from lti_tool.lti import services
from lti_tool.lti.access import LaunchedRequest, launched
from lti_tool.lti.forms import PlacingForm
from lti_tool.lti.paces import PLACINGS
from lti_tool.lti.protocol.return_address import origin_of_address
from lti_tool.lti.services.deep_linking import Choice


@require_http_methods(["GET", "HEAD", "POST"])
@paced(PLACINGS, by_launch)
@launched(Viewer.AUTHOR)
def place(request: LaunchedRequest) -> HttpResponse:
    """Ask what to place; place it, or nothing, when that is answered."""
    services.require_open_request(launch=request.launch, at=now())
    if request.method != "POST":
        return _asked(request, PlacingForm())
    if request.POST.get("answer") == "cancel":
        return _answered(request, [])
    form = PlacingForm(request.POST)
    return _answered(request, [form.choice]) if form.is_valid() else _asked(request, form)


def _asked(request: LaunchedRequest, form: PlacingForm) -> HttpResponse:
    return render(request, "lti/place.html", {"form": form})


def _answered(request: LaunchedRequest, choices: Sequence[Choice]) -> HttpResponse:
    answer = services.answer_request(launch=request.launch, choices=choices, at=now())
    # A platform may send the form on to another site of its own: browsers check every step of the way.
    request.form_origins = [origin_of_address(answer.return_url), *request.frame_origins]
    return render(request, "lti/placed.html", {"answer": answer, "placed": bool(choices)})
