"""The page between the password and the administration. Translates HTTP and nothing else."""

from typing import Any, cast

import django_otp
from django.contrib import admin
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lti_tool.administration import codes, services
from lti_tool.administration.errors import CodeRefused, TooManyCodes
from lti_tool.administration.models import Authenticator, SecondFactor
from lti_tool.administration.site import NEXT, GuardedSite
from lti_tool.core.clock import now

BEGUN = "authenticator_begun"
INSTALLATION = "Attune"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the authenticator; who has none yet is given one."""
    if not cast(GuardedSite, admin.site).lacks_code(request):
        return redirect("admin:index")
    if request.method == "POST" and request.POST.get("answer") == "leave":
        logout(request)
        return redirect("admin:login")
    user = cast(User, request.user)
    return _ask(request, user) if services.is_enrolled(user) else _enrol(request, user)


def _ask(request: HttpRequest, user: User) -> HttpResponse:
    refused = None
    if request.method == "POST":
        try:
            factor = services.verify(user=user, code=request.POST.get("code", ""), at=now())
        except (CodeRefused, TooManyCodes) as error:
            refused = error
        else:
            _let_in(request, factor)
            return HttpResponseRedirect(_next(request))
    return _shown(request, "second_factor", _("One more step: your code"), refused)


def _enrol(request: HttpRequest, user: User) -> HttpResponse:
    """The secret belongs to this session: one that was shown to another is never confirmed here."""
    number, refused = int(request.session.get(BEGUN, 0)), None
    if request.method == "POST":
        try:
            made, backup = services.finish_enrolment(
                user=user, number=number, code=request.POST.get("code", ""), at=now()
            )
        except (CodeRefused, TooManyCodes) as error:
            refused = error
        else:
            _let_in(request, made)
            shown = {"codes": backup, "onward": _next(request)}
            return _shown(request, "backup_codes", _("Keep these codes"), None, **shown)
    begun = services.begun_enrolment(user=user, number=number) or services.begin_enrolment(user=user)
    request.session[BEGUN] = begun.pk
    return _shown(request, "enrol", _("Set up your second factor"), refused, **_told(begun, user))


def _told(begun: Authenticator, user: User) -> dict[str, str]:
    secret = begun.secret()
    picture = codes.picture_of(secret, account=user.get_username(), installation=INSTALLATION)
    return {"picture": picture, "spelled": codes.spelled(secret)}


def _let_in(request: HttpRequest, factor: SecondFactor) -> None:
    """A session that may do more gets another key than the one it had before."""
    request.session.pop(BEGUN, None)
    request.session.cycle_key()
    django_otp.login(request, factor)


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get(NEXT, "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("admin:index")


def _shown(
    request: HttpRequest,
    page: str,
    title: str,
    refused: CodeRefused | TooManyCodes | None,
    **more: Any,  # noqa: ANN401
) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "refused": refused, **more}
    response = render(
        request, f"administration/{page}.html", context, status=refused.status if refused else 200
    )
    if isinstance(refused, TooManyCodes):
        response.headers["Retry-After"] = str(refused.retry_after_s)
    return response
