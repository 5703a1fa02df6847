"""axe finds nothing to complain about on any page, light or dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, expect

from deploy.demo.journey import PATIENCE_MS, StudentVisit
from deploy.demo.stack import Stack
from tests.e2e.pages import PAGES, Stop

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

Theme = Literal["light", "dark"]
both_themes = pytest.mark.parametrize("theme", ["light", "dark"])


def complaints(frame: Frame) -> list[str]:
    found = Axe().run(frame).response["violations"]
    return [
        f"{frame.url}: {entry['id']} {[node['html'][:120] for node in entry['nodes']]}" for entry in found
    ]


@both_themes
@pytest.mark.parametrize("person", PAGES)
def test_axe_finds_nothing(live_stack: Stack, browser: Browser, person: str, theme: Theme) -> None:
    with browser.new_context(color_scheme=theme) as context:
        visit = StudentVisit(context, live_stack.page(person))
        visit.heading().wait_for()
        found: list[str] = []
        for stop in PAGES[person]:
            stop.go(visit)
            _is_there(visit, stop)
            found += complaints(visit.frame)
    assert found == []


@both_themes
@pytest.mark.parametrize(("path", "heading"), [("", "Attune"), ("/lti/config/", "Add Attune by hand")])
def test_axe_finds_nothing_outside_of_any_course(
    live_stack: Stack, browser: Browser, path: str, heading: str, theme: Theme
) -> None:
    with browser.new_context(color_scheme=theme) as context:
        page = context.new_page()
        page.goto(live_stack.tool_url + path)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert complaints(page.main_frame) == []


def _is_there(visit: StudentVisit, stop: Stop) -> None:
    """Without this a refusal page would pass for any other."""
    expect(visit.heading()).to_have_text(stop.heading, timeout=PATIENCE_MS)
    if stop.words:
        visit.sees(stop.words)
