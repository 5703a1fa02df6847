"""Django's administration behind a second factor: a password alone leads to the page that asks for a code."""

from typing import Any, Final

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from lti_tool.administration import sittings
from lti_tool.core.clock import now
from lti_tool.core.pace import Pace

NEXT: Final = "next"
# Closed when Redis is away: nothing else slows the guessing of a password down, and whatever an administrator
# must do on such a day can be done by command.
ACCOUNTS: Final = Pace("passwords", most=10, per_s=300, closed_when_away=True)
ADDRESSES: Final = Pace("passwords-from", most=50, per_s=300, closed_when_away=True)


class GuardedSite(AdminSite):
    """As Django's, and no page of it is kept by a browser."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and verified by a code in this session where the installation asks for one."""
        return self._sits(request) and not self.lacks_code(request)

    def lacks_code(self, request: HttpRequest) -> bool:
        """Whether this browser has shown a password, and must show a code yet."""
        user: Any = request.user  # django-otp adds to it
        return bool(settings.SECOND_FACTOR and self._sits(request) and not user.is_verified())

    def _sits(self, request: HttpRequest) -> bool:
        """Staff, neither idle nor here for too long. Whose time is up is signed out, the code included."""
        if not super().has_permission(request):
            return False
        if sittings.goes_on(request.session, at=now()):
            return True
        logout(request)
        return False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for the password, or send on who has shown it."""
        if request.method == "GET" and self.lacks_code(request):
            query = urlencode({NEXT: request.GET.get(NEXT, "")})
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{query}")
        if request.method == "POST":
            ADDRESSES.spend(str(request.META.get("REMOTE_ADDR", "")))
            ACCOUNTS.spend(request.POST.get("username", "").casefold())
        return super().login(request, extra_context)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: ANN401 - Django's own
        """Nothing in here is the same for everybody."""
        return super().admin_view(view, cacheable=False)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """The page for the code before Django's own."""
        from lti_tool.administration import views  # needs the site's own registry

        return [path("code/", never_cache(views.second_factor), name="second_factor"), *super().get_urls()]
