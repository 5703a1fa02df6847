"""Play a launch against a tool as a browser would, step by step. Knows nothing of how the tool refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.platform.drafts import Exchange
from tests.platform.launches import Launch
from tests.platform.malformed import MALFORMED, Earlier, Malformation
from tests.platform.people import STUDENTS, Person
from tests.platform.platform import Platform


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str | None = None
    response: Any = None


class Browser(Protocol):
    """What `play` needs of a browser; a Django test client fits in ten lines."""

    def post(self, url: str, form: Mapping[str, str]) -> Answer: ...

    def forget_cookies(self) -> None: ...


class HttpBrowser:
    """A browser that keeps cookies over real HTTP and follows no redirect by itself."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def post(self, url: str, form: Mapping[str, str]) -> Answer:
        response = self._client.post(url, data=dict(form), follow_redirects=False)
        return Answer(response.status_code, response.headers.get("location"), response)

    def forget_cookies(self) -> None:
        self._client.cookies.clear()


class Stage(Enum):
    LOGIN = "login"
    LAUNCH = "launch"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the launch ended, and the tool's last answer."""

    stage: Stage
    answer: Answer

    @property
    def accepted(self) -> bool:
        return self.stage is Stage.LAUNCH and self.answer.status < 400


def play(
    platform: Platform, browser: Browser, malformed: Malformation | str, person: Person = STUDENTS[0]
) -> Outcome:
    """Send one launch of the table, and before it whatever other launch it borrows from."""
    malformation = MALFORMED[malformed] if isinstance(malformed, str) else malformed
    earlier = _rehearse(platform, browser, malformation.earlier, person)
    launch = platform.launch(person, malformed=malformation, earlier=earlier, with_storage=False)
    login, request = log_in(platform, browser, launch)
    if request is None:
        return Outcome(Stage.LOGIN, login)
    form = platform.answer(launch, request)
    if malformation.without_cookies:
        browser.forget_cookies()
    return Outcome(Stage.LAUNCH, browser.post(launch.tool.launch_url, form))


def log_in(platform: Platform, browser: Browser, launch: Launch) -> tuple[Answer, dict[str, str] | None]:
    """Initiate the login; the second value is the tool's authorisation request, if it made one."""
    answer = browser.post(launch.tool.login_url, launch.login_parameters())
    if answer.location is None or not answer.location.startswith(platform.authorization_url):
        return answer, None
    return answer, dict(parse_qsl(urlsplit(answer.location).query))


def _rehearse(platform: Platform, browser: Browser, needed: Earlier, person: Person) -> Exchange | None:
    if needed is Earlier.NONE:
        return None
    launch = platform.launch(person, with_storage=False)
    _, request = log_in(platform, browser, launch)
    if request is None:
        raise RuntimeError("the tool refused a well-formed login")
    form = platform.answer(launch, request)
    if needed is Earlier.DELIVERED:
        browser.post(launch.tool.launch_url, form)
    return Exchange(request, form)
