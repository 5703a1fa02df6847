"""Notices of a platform: from machine to machine, believed by their signature alone."""

import json

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lti_tool.core.clock import now
from lti_tool.core.errors import BadInput
from lti_tool.core.pace import by_address, paced
from lti_tool.lti import services
from lti_tool.lti.models import Registration
from lti_tool.lti.paces import NOTICES
from lti_tool.lti.protocol.notices import token_of

MOST_AT_ONCE = 100


@csrf_exempt
@never_cache
@require_POST
@paced(NOTICES, by_address)
def notices(request: HttpRequest, registration: int) -> JsonResponse:
    """Take in a delivery; the first notice that is not to be believed ends it, and what came before stays."""
    platform = get_object_or_404(Registration, pk=registration, active=True, believed=True)
    entries = _entries(request.body)
    for entry in entries:
        services.take_notice(registration=platform, token=token_of(entry), at=now())
    return JsonResponse({"taken": len(entries)})


def _entries(body: bytes) -> list[object]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    entries = document.get("notices") if isinstance(document, dict) else None
    if not isinstance(entries, list) or len(entries) > MOST_AT_ONCE:
        raise BadInput(gettext("A delivery is a JSON object with a list of notices. Nothing was stored."))
    return entries
