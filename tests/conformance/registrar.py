"""Somebody who pasted a registration link into the platform: opens the tool's page, presses its button."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from django.test import Client

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import RegistrationLink
from tests.platform.platform import Platform

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse


def make_link(*, asks_names: bool = False) -> str:
    """The address that an administrator of the tool hands over."""
    link = RegistrationLink(purpose="the platform of the tests", asks_names=asks_names)
    return services.make_registration_link(link=link, by="ruth", at=now())


@dataclass(frozen=True, slots=True)
class Registrar:
    client: Client
    platform: Platform

    def open(self, address: str) -> "TestResponse":
        """The page that the platform shows in its frame."""
        return self.client.get(self.platform.open_registration(address))

    def press(self, opened: "TestResponse") -> "TestResponse":
        """Send the page's form as a browser would."""
        form = _Form()
        form.feed(opened.content.decode())
        return self.client.post(form.action, form.fields)

    def register(self, address: str) -> "TestResponse":
        """The whole way."""
        return self.press(self.open(address))


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.action = said.get("action") or ""
        elif tag == "input":
            self.fields[said.get("name") or ""] = said.get("value") or ""
