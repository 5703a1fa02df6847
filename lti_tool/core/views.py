"""The front door, the health of the house, and what is shown when an address or a form is wrong."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lti_tool.core.errors import AttuneError, BadInput, Missing, Refused
from lti_tool.core.refusal import refusal


class FormExpired(Refused):
    """The form does not carry the secret of this browser's session."""

    code = "form_expired"
    message = "This form is too old, or your browser lost the cookie that belongs to it. Nothing was stored."


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is to somebody who came by the address alone."""
    return render(request, "core/home.html")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while this process reaches its database, for load balancers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form without its token, in our words."""
    return refusal(request, FormExpired())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for 400."""
    return refusal(request, BadInput())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler for 404."""
    return refusal(request, Missing())


def fault(request: HttpRequest) -> HttpResponse:
    """Handler for 500: our own fault, which Django has logged."""
    return refusal(request, AttuneError("Something went wrong on our side. It was noted."))
