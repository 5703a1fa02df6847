"""axe finds nothing to complain about on any page, light or dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame

from deploy.demo.journey import Visit
from deploy.demo.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

Theme = Literal["light", "dark"]

PAGES = {
    "student-02": ["consent/", "capture/", "mine/", "calm/", "withdraw/", "class/"],
    "counselor": ["caseload/"],
    "instructor": ["class/"],
}


def complaints(frame: Frame) -> list[str]:
    found = Axe().run(frame).response["violations"]
    return [
        f"{frame.url}: {entry['id']} {[node['html'][:120] for node in entry['nodes']]}" for entry in found
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("person", PAGES)
def test_axe_finds_nothing(live_stack: Stack, browser: Browser, person: str, theme: Theme) -> None:
    with browser.new_context(color_scheme=theme) as context:
        visit = Visit(context, live_stack.page(person))
        visit.heading().wait_for()
        root = visit.frame.url.split("/l/")[0] + "/l/" + visit.frame.url.split("/l/")[1].split("/")[0] + "/"
        found = []
        for page in PAGES[person]:
            visit.frame.goto(root + page)
            found += complaints(visit.frame)
        if person == "counselor":
            visit.frame.goto(root + "caseload/")
            visit.frame.get_by_role("link", name="Lukas Brandt").click()
            visit.heading().get_by_text("Lukas Brandt").wait_for()
            found += complaints(visit.frame)
    assert found == []
