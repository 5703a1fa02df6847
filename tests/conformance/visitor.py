"""A browser between the platform and the tool, without sockets: it keeps cookies and follows no redirect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.test import Client

from tests.platform.launches import Launch
from tests.platform.platform import Platform
from tests.platform.play import Answer, log_in, play

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody of the demonstration course with a browser of their own."""

    client: Client
    platform: Platform

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        response = self.client.post(url, dict(form))
        return Answer(response.status_code, response.headers.get("Location"), response)

    def forget_cookies(self) -> None:
        self.client.cookies.clear()

    def play(self, malformed: str) -> "TestResponse":
        """A launch of the platform's table, and whatever must come before it; the tool's last answer."""
        response: TestResponse = play(self.platform, self, malformed).answer.response
        return response

    def start(self, launch: Launch) -> dict[str, str]:
        """Log in; what the tool asks of the platform."""
        _, request = log_in(self.platform, self, launch)
        assert request is not None
        return request

    def launch(
        self, person: str = "student", *, overrides: Mapping[str, object] | None = None
    ) -> "TestResponse":
        """The whole way of a launch that is well-formed but for these claims."""
        launch = self.platform.launch(person, overrides=overrides)
        form = self.platform.answer(launch, self.start(launch))
        return self.client.post(launch.tool.launch_url, form)
