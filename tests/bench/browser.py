"""A browser on the web process' own application, without sockets; the stopwatch runs inside of that only."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from tests.bench.parts import Part
from tests.bench.stopwatch import Spent, Stopwatch


class MeasuredBrowser:
    """Keeps cookies, follows no redirect, and tells what each answer cost the tool."""

    def __init__(self, application: Any, tool_url: str, watch: Stopwatch) -> None:  # noqa: ANN401 - any ASGI
        self._watch = watch

        async def measured(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - handed on unread
            with watch.part(Part.REST):
                await application(scope, receive, send)

        # As seen through a proxy that speaks TLS: this library sends Secure cookies to https alone.
        address = f"https://{urlsplit(tool_url).netloc}"
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(measured), base_url=address)

    async def post(self, url: str, form: Mapping[str, str]) -> tuple[str, Spent]:
        """Where the tool sends us, and what that cost."""
        response = await self._client.post(urlsplit(url).path, data=dict(form))
        return response.headers["location"], self._watch.take()

    async def get(self, path: str) -> tuple[str, Spent]:
        """Where the tool sends us; nowhere if this is the page."""
        response = await self._client.get(path)
        if response.is_error:
            raise RuntimeError(f"the tool answered {response.status_code}")
        return response.headers.get("location", ""), self._watch.take()

    def forget_states(self) -> None:
        """As a browser does with a login's cookie after ten minutes, and here between two launches."""
        for cookie in [cookie for cookie in self._client.cookies.jar if cookie.path == "/lti/launch/"]:
            self._client.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)
