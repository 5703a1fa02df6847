"""One visit: login, launch, and the pages that follow, each with what it cost the tool."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from tests.bench.browser import MeasuredBrowser
from tests.bench.stopwatch import Spent
from tests.platform.people import LEARNER, Person
from tests.platform.platform import Platform


@dataclass(frozen=True, slots=True)
class Visit:
    login: Spent
    launch: Spent
    page: Spent  # with the redirect that finds it

    @property
    def whole_launch(self) -> Spent:
        """From the platform's click to the redirect into the tool."""
        return self.login + self.launch


def newcomer(number: int) -> Person:
    return Person(f"newcomer-{number}", "New", f"Comer {number}", (LEARNER,), "Student")


async def visit(browser: MeasuredBrowser, platform: Platform, person: Person) -> Visit:
    """What the platform does in between, its signature above all, costs the tool nothing."""
    begun = platform.launch(person)
    asked, login = await browser.post(begun.tool.login_url, begun.login_parameters())
    answer = platform.answer(begun, dict(parse_qsl(urlsplit(asked).query)))
    home, launch = await browser.post(begun.tool.launch_url, answer)
    page, finding = await browser.get(home)
    _, showing = await browser.get(page)
    browser.forget_states()
    return Visit(login, launch, finding + showing)
