"""The pages of whoever administers an installation, as far as they are ours."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from deploy.demo.stack import Stack
from tests.platform.web.tour import ADMIN_NAME, ADMIN_PASSWORD

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

PAGES = ("", "coverage/", "activation/activation/add/")


def come_in(page: Page, stack: Stack) -> None:
    page.goto(f"{stack.tool_url}/admin/")
    page.locator("[name=username]").fill(ADMIN_NAME)
    page.locator("[name=password]").fill(ADMIN_PASSWORD)
    page.locator("[type=submit]").click()
    page.locator("h1").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es", "zh-CN"])
def test_axe_finds_nothing_where_an_administrator_looks(
    live_stack: Stack, browser: Browser, language: str, scheme: Literal["light", "dark"]
) -> None:
    found = []
    with browser.new_context(locale=language, color_scheme=scheme) as context:
        page = context.new_page()
        come_in(page, live_stack)
        for path in PAGES:
            page.goto(f"{live_stack.tool_url}/admin/{path}")
            found += [
                f"{path}: {entry['id']} {[node['html'][:160] for node in entry['nodes']][:3]}"
                for entry in Axe().run(page).response["violations"]
            ]
    assert not found, "\n".join(found)
