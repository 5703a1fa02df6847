"""Getting in, whatever cookies the browser keeps: blocked or allowed, partitioned or not, or none at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Route, expect

from deploy.demo.journey import PATIENCE_MS, StudentVisit, Visit, press
from deploy.demo.stack import Stack
from tests.e2e import state
from tests.e2e.cookies import Kept, browser_that_keeps, plain_site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

NONE = Kept(third_party=False, partitioned=False)
EVERY_KIND = [
    pytest.param(Kept(third_party=third_party, partitioned=partitioned), id=f"{third_party}-{partitioned}")
    for third_party in (False, True)
    for partitioned in (True, False)
]


@pytest.fixture(scope="module")
def plain_stack(live_stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with plain_site(live_stack, tmp_path_factory.mktemp("plain")) as site:
        yield site


@pytest.fixture
def without_cookies(tmp_path: Path, browser: Browser) -> Iterator[BrowserContext]:
    with browser_that_keeps(NONE, tmp_path / "profile", browser.browser_type) as context:
        yield context


@pytest.mark.parametrize("kept", EVERY_KIND)
def test_a_student_gets_in_and_moves_about(
    live_stack: Stack, plain_stack: Stack, browser: Browser, tmp_path: Path, kept: Kept
) -> None:
    stack = live_stack if kept.partitioned else plain_stack
    with browser_that_keeps(kept, tmp_path / "profile", browser.browser_type) as context:
        student = Visit(context, stack.page("student-02"))
        student.open("My record")
        student.sees("What is held about you")
        cookies = context.cookies(stack.tool_url)
        assert bool(cookies) is kept.any
        assert all(bool(cookie.get("partitionKey")) is kept.partitioned for cookie in cookies)


@pytest.mark.spec("LTI OIDC Login with LTI Client Side postMessages 0.1", "2")
def test_without_cookies_a_student_is_measured_and_takes_everything_back(
    plain_stack: Stack, without_cookies: BrowserContext
) -> None:
    student = StudentVisit(without_cookies, plain_stack.page("student"))
    student.say_yes()
    student.start_camera()
    uploads = student.wait_for_results(2, limit_s=120)
    assert {upload.state for upload in uploads} == {"measured"}
    student.pause_camera()

    student.open("My record")
    student.withdraw()
    assert not state.file_of(plain_stack, "student-01").key_opens
    assert without_cookies.cookies(plain_stack.tool_url) == []


def test_without_cookies_an_instructor_places_a_link(
    plain_stack: Stack, without_cookies: BrowserContext
) -> None:
    author = Visit(without_cookies, plain_stack.page("instructor") + "place/")
    expect(author.heading()).to_have_text("Place Attune in your course")
    press(author.frame.get_by_role("button", name="Place it in the course"))
    author.sees("Choose what to place")
    author.frame.get_by_role("radio", name="Calm corner").press("Space")
    press(author.frame.get_by_role("button", name="Place it in the course"))
    author.sees("Placed in the course")


def test_the_button_back_leads_to_the_page_before(
    plain_stack: Stack, without_cookies: BrowserContext
) -> None:
    student = Visit(without_cookies, plain_stack.page("student-02"))
    student.open("My record")
    student.open("Calm corner")
    student.page.evaluate("window.history.back()")
    expect(student.heading()).to_have_text("My record")
    student.open("Calm corner")
    expect(student.heading()).to_have_text("Calm corner")


def test_without_a_network_the_page_stays_and_says_so(
    plain_stack: Stack, without_cookies: BrowserContext
) -> None:
    student = Visit(without_cookies, plain_stack.page("student-02"))
    student.open("My record")
    without_cookies.set_offline(True)
    press(student.frame.get_by_role("link", name="Calm corner").first)
    alert = _outer(student.page).get_by_role("alert")
    expect(alert).to_contain_text("the page you were on is still here")
    expect(alert).to_be_in_viewport()
    expect(alert.get_by_role("button")).to_have_count(0)
    expect(student.heading()).to_have_text("My record")

    without_cookies.set_offline(False)
    student.open("Calm corner")
    expect(student.heading()).to_have_text("Calm corner")
    expect(alert).to_have_count(0)


def test_a_launch_that_found_no_network_can_be_tried_again(
    plain_stack: Stack, without_cookies: BrowserContext
) -> None:
    lost: list[Route] = []

    def lose_the_first(route: Route) -> None:
        if route.request.resource_type != "fetch" or lost:
            return route.continue_()
        lost.append(route)
        return route.abort()

    without_cookies.route("**/lti/launch/", lose_the_first)
    page = without_cookies.new_page()
    page.goto(plain_stack.page("student-02"))
    again = _outer(page).get_by_role("alert").get_by_role("button", name="Try again")
    expect(again).to_be_visible(timeout=PATIENCE_MS)
    press(again)
    expect(_outer(page).frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.spec("LTI OIDC Login with LTI Client Side postMessages 0.1", "2")
def test_where_the_platform_keeps_nothing_either_a_new_tab_opens(
    plain_stack: Stack, without_cookies: BrowserContext
) -> None:
    student = Visit(without_cookies, plain_stack.page("student-02") + "?storage=no")
    expect(student.heading()).to_have_text("Open Attune in a new tab")
    with without_cookies.expect_page() as opened:
        press(student.frame.get_by_role("button", name="Open in a new tab"))
    tab = opened.value
    expect(tab.get_by_role("link", name="My record").first).to_be_visible(timeout=PATIENCE_MS)
    tab.get_by_role("link", name="My record").first.click()
    expect(tab.get_by_text("What is held about you").first).to_be_visible()


def _outer(page: Page) -> FrameLocator:
    """The page that shows the others inside itself."""
    return page.frame_locator("#tool")
