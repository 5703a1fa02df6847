"""Sessions for browsers that keep no cookie in a frame: the page's own script carries the key in a header.

Only script of our own origin can send that header, and the key lives in the memory of one page: it is gone
when the page is.
"""

import re
from typing import Final

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers

SESSION_HEADER: Final = "X-Attune-Session"
LOCATION_HEADER: Final = "X-Attune-Location"
_KEY: Final = re.compile(r"[a-z0-9]{32}")
"""As Django makes them. A cookie may hold anything, and a database refuses some characters."""


class CarriedSessions(SessionMiddleware):
    """Django's sessions, found by the header where there is one, else by the cookie."""

    def process_request(self, request: HttpRequest) -> None:
        """Load the session. A key that nobody knows, `new` for one, opens an empty one under another."""
        key = request.headers.get(SESSION_HEADER, request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
        request.session = self.SessionStore(key if _KEY.fullmatch(key) else None)
        # A page that is shown inside another does not know its own address.
        request.is_carried = SESSION_HEADER in request.headers  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Store the session, and give its key to the page: in a cookie, or to whom carries it."""
        response = super().process_response(request, response)
        return _carried(response) if SESSION_HEADER in request.headers else response


def _carried(response: HttpResponse) -> HttpResponse:
    """The same answer with the key in a header. Nobody on the way keeps what holds a key."""
    cookie = response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    answer = _without_redirect(response)
    if cookie is not None:
        answer.headers[SESSION_HEADER] = cookie.value
    patch_vary_headers(answer, (SESSION_HEADER,))
    add_never_cache_headers(answer)
    return answer


def _without_redirect(response: HttpResponse) -> HttpResponse:
    """A browser would follow a redirect with the key of before, and let no script see the new one."""
    if not 300 <= response.status_code < 400 or "Location" not in response.headers:
        return response
    return HttpResponse(status=204, headers={LOCATION_HEADER: response.headers["Location"]})
