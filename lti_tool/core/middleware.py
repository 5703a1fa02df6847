"""What happens to every request and response: partitioned cookies, frame policy, readable refusals."""

from collections.abc import Callable
from http.cookies import Morsel
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from lti_tool.core.errors import AttuneError
from lti_tool.core.refusal import refusal

GetResponse = Callable[[HttpRequest], HttpResponse]


class PartitionedMorsel(Morsel[str]):
    """A cookie with the `Partitioned` attribute, which the standard library learns only in Python 3.14."""

    def OutputString(self, attrs: Any = None) -> str:  # noqa: ANN401, N802 - as in the library
        """The header's text, as in the standard library, with one word more."""
        return f"{super().OutputString(attrs)}; Partitioned"


class PartitionedCookies:
    """Mark every cross-site cookie `Partitioned`, so that it survives blocked third-party cookies."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, morsel in list(response.cookies.items()):
            if morsel["secure"] and morsel["samesite"].lower() == "none":
                response.cookies[name] = _partitioned(morsel)
        return response


def _partitioned(morsel: Morsel[str]) -> PartitionedMorsel:
    copy = PartitionedMorsel()
    copy.set(morsel.key, morsel.value, morsel.coded_value)
    copy.update(morsel)
    return copy


DIRECTIVES: Final = {"frame-ancestors": "frame_origins", "form-action": "form_origins"}


class FramePolicy:
    """Say who may show a page in a frame, and keep the camera to ourselves.

    A view names the origins in `request.frame_origins`; a page of which nobody said so is shown in no frame.
    Likewise `request.form_origins`: without them a page posts its forms to us alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
        named = {
            directive: list(getattr(request, attribute, ())) for directive, attribute in DIRECTIVES.items()
        }
        # Read by django-csp around us. Its "update" would leave 'none' beside the origins.
        response._csp_replace = {name: origins for name, origins in named.items() if origins}  # type: ignore[attr-defined]
        return response


class Refusals:
    """Turn an AttuneError into a page, or into JSON where the request asks for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django when a view raised; None lets it go on as a fault of ours."""
        return refusal(request, error) if isinstance(error, AttuneError) else None
