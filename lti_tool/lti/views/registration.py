"""A registration link, as a platform opens it: a page that says what will be sent, then the registration."""

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lti_tool.core.clock import now
from lti_tool.core.pace import by_address, paced
from lti_tool.core.refusal import ANYBODY
from lti_tool.lti import services
from lti_tool.lti.paces import REGISTRATIONS
from lti_tool.lti.quirks.families import quirks_of
from lti_tool.lti.registration_words import asked_for


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@paced(REGISTRATIONS, by_address, methods=("GET", "POST"))
def register(request: HttpRequest, token: str) -> HttpResponse:
    """Show the offer, or on POST carry it out. The secret in the address stands in for a token of ours.

    No cookie gives this page its power: no other site can borrow it, and it works in a frame without cookies.
    """
    at = now()
    # Who could frame this page to steal a click knows its secret, and needs no click; and a platform's pages
    # may be on a host that it does not name.
    request.frame_origins = ANYBODY  # type: ignore[attr-defined]
    asked = request.POST if request.method == "POST" else request.GET
    link = services.find_registration_link(token=token, at=at)
    offer = services.prepare_registration(link=link, **_parameters(asked))
    if request.method == "POST":
        registered = services.register_by_link(offer=offer, at=at)
        steps = quirks_of(registered.registration.product_family).after_registering
        done = {"registered": registered, "steps": steps}
        return _for_opener(render(request, "lti/registered.html", done))
    context = {
        "offer": offer,
        "facts": asked_for(offer.document),
        "document": json.dumps(offer.document, indent=2),
        "parameters": _parameters(asked),
    }
    return _for_opener(render(request, "lti/register.html", context))


def _for_opener(page: HttpResponse) -> HttpResponse:
    """Let the platform's window be told that its popup is done: by default a browser would part the two."""
    page.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return page


def _parameters(asked: QueryDict) -> dict[str, str]:
    names = ("openid_configuration", "registration_token")
    return {name: asked.get(name, "") for name in names}
