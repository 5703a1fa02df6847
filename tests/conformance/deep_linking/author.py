"""Somebody who places Attune in a course: a browser between a served tool and a served platform."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from tests.platform.claims import Message
from tests.platform.platform import Platform
from tests.platform.play import HttpBrowser, log_in
from tests.platform.tools import ResourceLink
from tests.unit.platform.forms import FormReader, read_form


def browser_with_cookies() -> httpx.Client:
    """Secure cookies go to localhost over plain http, too, as in every browser."""
    policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
    # By hooks: the client would copy a jar for every request, and lose its policy.
    kept = httpx.Cookies(CookieJar(policy=policy))
    hooks: dict[str, list[Callable[..., Any]]] = {
        "request": [kept.set_cookie_header],
        "response": [kept.extract_cookies],
    }
    return httpx.Client(event_hooks=hooks, follow_redirects=True, timeout=20)


@dataclass(frozen=True)
class Author:
    platform: Platform
    http: httpx.Client

    def comes(
        self,
        person: str = "instructor",
        *,
        message: Message = Message.DEEP_LINKING,
        link: ResourceLink | None = None,
        overrides: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """From the platform's click to the page that the tool shows."""
        launch = self.platform.launch(person, message=message, link=link, overrides=overrides)
        _, request = log_in(self.platform, HttpBrowser(self.http), launch)
        assert request is not None
        return self.http.post(launch.tool.launch_url, data=self.platform.answer(launch, request))

    def chooses(self, asked: httpx.Response, **fields: str) -> httpx.Response:
        """Fill in the tool's form; the page with the answer."""
        chosen = {"answer": "place", "page": "calm", "difficulty": "3", **fields}
        form = {"csrfmiddlewaretoken": read_form(asked.text).fields["csrfmiddlewaretoken"], **chosen}
        return self.http.post(str(asked.url), data=form)

    def carries_back(self, answer: httpx.Response) -> httpx.Response:
        """Send the form that leaves the tool, by hand as by the script."""
        form = leaving_form(answer)
        return self.http.post(form.action, data=form.fields)


def leaving_form(answer: httpx.Response) -> FormReader:
    """The one form of the page with the answer."""
    return read_form(answer.text)
