"""The front door, the health of the house, the scripts' words, and the answer to a wrong address or form."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

from lti_tool.core.errors import AttuneError, BadInput, Missing, Refused
from lti_tool.core.refusal import refusal
from lti_tool.core.words import gettext
from lti_tool.core.words import gettext_noop as _


class FormExpired(Refused):
    """The form does not carry the secret of this browser's session."""

    code = "form_expired"
    message = _(
        "This form is too old, or your browser lost the cookie that belongs to it. Nothing was stored."
    )


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


class _Catalogue(JavaScriptCatalog):
    def get_paths(self, packages: list[str]) -> list[str]:
        return [str(path) for path in settings.LOCALE_PATHS]


@require_safe
@cache_control(public=True, max_age=3600)
def words(request: HttpRequest, language: str) -> HttpResponseBase:
    """The words of the pages' scripts in one language, as a script."""
    if language not in dict(settings.LANGUAGES):
        raise Missing
    with translation.override(language):
        return _Catalogue.as_view()(request)


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
    return refusal(request, AttuneError(gettext("Something went wrong on our side. It was noted.")))
