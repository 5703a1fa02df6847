"""In a real browser: an administrator registers the tool, an instructor places it, a student opens it."""

import pytest
from playwright.sync_api import BrowserContext, Frame, expect

from deploy.demo.journey import PATIENCE_MS, Visit, press
from deploy.demo.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

TITLE = "A pause & a <breath>"


def test_an_instructor_places_the_calm_corner_and_a_student_opens_it(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    author = Visit(somebody, live_stack.page("instructor") + "place/")
    expect(author.heading()).to_have_text("Place Attune in your course")
    author.frame.get_by_role("radio", name="Calm corner").press("Space")
    author.frame.get_by_label("Title in the course").fill(TITLE)
    press(author.frame.get_by_role("button", name="Place it in the course"))
    author.sees("Placed in the course")
    author.sees(TITLE)

    course = somebody.new_page()
    course.goto(live_stack.page("student-03"))
    placed = course.get_by_role("link", name=TITLE).get_attribute("href")
    student = Visit(somebody, f"{live_stack.platform_url}{placed}")
    expect(student.heading()).to_have_text("Calm corner")


def test_an_instructor_who_cancels_places_nothing(live_stack: Stack, somebody: BrowserContext) -> None:
    author = Visit(somebody, live_stack.page("instructor") + "place/")
    press(author.frame.get_by_role("button", name="Cancel"))
    author.sees("Nothing was chosen")


def test_an_administrator_adds_the_tool_by_pasting_one_address(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    made = live_stack.manage("make_registration_link", "--purpose", "the demonstration")
    address = next(word for word in made.split() if "/lti/register/" in word)
    page = somebody.new_page()
    page.goto(f"{live_stack.platform_url}/tools/")
    known = page.get_by_role("row").count()
    page.get_by_label("Registration address of the tool").fill(address)
    page.get_by_role("button", name="Let the tool register itself").click()
    tool = _frame_at(page.locator("#tool").element_handle().content_frame())

    expect(tool.get_by_role("heading", level=1)).to_have_text("Add Attune to your platform")
    expect(tool.get_by_text("No name, no e-mail address.")).to_be_visible()
    press(tool.get_by_role("button", name="Send and register"))
    expect(tool.get_by_role("heading", level=1)).to_have_text("Attune is registered", timeout=PATIENCE_MS)
    expect(tool.get_by_text("waits for approval")).to_be_visible()

    page.goto(f"{live_stack.platform_url}/tools/")
    expect(page.get_by_role("row")).to_have_count(known + 1)
    again = somebody.new_page()
    again.goto(address)
    expect(again.get_by_text("What you can do")).to_be_visible()


def _frame_at(frame: Frame | None) -> Frame:
    assert frame is not None
    return frame
