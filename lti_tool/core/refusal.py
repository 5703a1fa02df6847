"""How a refusal is shown: a page for people, JSON for scripts. Knows nothing of why."""

import logging
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lti_tool.core.errors import AttuneError, SlowDown

log = logging.getLogger(__name__)

ANYBODY: Final = ("*",)


def refusal(request: HttpRequest, error: AttuneError) -> HttpResponse:
    """The answer to a request that must not go on."""
    log.info("refused %s %s", error.status, error.shown_code)
    # The page holds no data and no action. Refused in its frame, the person would see a blank instead.
    request.frame_origins = getattr(request, "frame_origins", None) or ANYBODY  # type: ignore[attr-defined]
    response = _as_json(error) if prefers_json(request) else _as_page(request, error)
    if isinstance(error, SlowDown):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def prefers_json(request: HttpRequest) -> bool:
    """True for a script's request that says so in its Accept header."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _as_json(error: AttuneError) -> HttpResponse:
    content = {"error": error.shown_code, "message": error.shown_message, "next_step": error.shown_next_step}
    return JsonResponse(content, status=error.status)


def _as_page(request: HttpRequest, error: AttuneError) -> HttpResponse:
    return render(request, "core/refused.html", {"error": error}, status=error.status)
