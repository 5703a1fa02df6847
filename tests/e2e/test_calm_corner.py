"""An exercise from its choice to its answer, by keyboard alone, with a clock that is moved by hand."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from deploy.demo.journey import StudentVisit, Visit
from deploy.demo.stack import Stack

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

EARLIER_THAN_END_MS = 63_000


@pytest.fixture
def student(live_stack: Stack, somebody: BrowserContext) -> Iterator[Visit]:
    somebody.clock.install()
    visit = Visit(somebody, live_stack.page("student-05"))
    visit.open("Calm corner")
    yield visit
    visit.page.close()


def part(visit: Visit, name: str) -> Locator:
    return visit.frame.locator(f'[data-calm="{name}"]')


def begin(visit: Visit, exercise: str, which: int = 0) -> None:
    """By the keyboard: focus, Enter."""
    visit.frame.locator(f'[data-exercise="{exercise}"]').nth(which).press("Enter")


def pass_ms(visit: Visit, ms: int) -> None:
    visit.page.clock.run_for(ms)


def test_a_minute_of_sighing_by_keyboard_ends_with_an_answer_that_is_found_again(student: Visit) -> None:
    begin(student, "sighing")
    expect(part(student, "choose")).to_be_hidden()
    expect(part(student, "pause")).to_be_focused()
    expect(part(student, "caption")).to_have_text("Sit as you like")
    pass_ms(student, 5_000)
    expect(part(student, "caption")).to_have_text("Breathe in")

    student.page.keyboard.press("Space")
    expect(part(student, "caption")).to_have_text("Paused")
    left = part(student, "left").text_content()
    pass_ms(student, 300_000)
    expect(part(student, "left")).to_have_text(left or "never")

    student.page.keyboard.press("Space")
    pass_ms(student, EARLIER_THAN_END_MS)
    expect(student.heading()).to_have_text("That is it.")
    expect(part(student, "after-heading")).to_be_focused()

    student.page.keyboard.press("Tab")
    with student.frame.expect_navigation():
        student.page.keyboard.press("Enter")  # the first answer: Yes
    expect(student.frame.get_by_role("heading", name="What helped you so far")).to_be_focused()
    expect(student.frame.locator(".calm-helped")).to_contain_text("Sigh it out")

    with student.frame.expect_navigation():
        student.frame.get_by_role("button", name="Delete these answers").press("Enter")
    student.sees("Nothing yet.")


def test_escape_ends_and_skipping_the_answer_leads_back_to_the_same_button(student: Visit) -> None:
    begin(student, "box", 1)
    pass_ms(student, 9_000)
    student.page.keyboard.press("Escape")
    expect(student.heading()).to_have_text("Stopping is fine.")
    part(student, "back").press("Enter")
    expect(student.frame.locator('[data-exercise="box"]').nth(1)).to_be_focused()


def test_a_part_that_hurts_is_skipped_and_senses_wait_for_the_person(student: Visit) -> None:
    begin(student, "muscles")
    pass_ms(student, 6_000)
    expect(part(student, "caption")).to_have_text("Next: your hands")
    part(student, "skip").press("Enter")
    expect(part(student, "caption")).to_have_text("Next: your upper arms")
    expect(part(student, "left")).to_contain_text("Step 2 of 11")
    student.page.keyboard.press("Escape")
    part(student, "back").press("Enter")

    begin(student, "grounding")
    pass_ms(student, 600_000)
    expect(part(student, "caption")).to_have_text("Look for 5 things you can see")
    for _ in range(15):
        part(student, "found").press("Enter")
    expect(student.heading()).to_have_text("That is it.")


def test_without_movement_the_shape_stays_and_the_words_change(student: Visit) -> None:
    part(student, "still").press("Space")
    part(student, "no-hold").press("Space")
    begin(student, "box")
    sizes, captions = set(), []
    for _ in range(8):
        pass_ms(student, 2_000)
        sizes.add(part(student, "shape").get_attribute("r"))
        captions.append(part(student, "caption").text_content())
    assert len(sizes) == 1
    assert {"Breathe in", "Breathe out"} <= set(captions)
    assert "Hold" not in captions
    expect(part(student, "phases")).to_be_visible()


def test_a_pause_of_the_camera_offers_a_break_quietly_and_hears_not_now(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    student = StudentVisit(somebody, live_stack.page("student-06"))
    student.open("Camera")
    if not student.frame.locator("[data-capture-page]").count():
        student.say_yes()
    offer = student.frame.locator("[data-offer]")
    student.start_camera()
    expect(offer).to_be_hidden()
    student.pause_camera()
    expect(offer).to_be_visible()
    expect(student.frame.locator('[data-capture="start"]')).to_be_focused()
    offer.get_by_role("button", name="Not now").click()
    expect(offer).to_be_hidden()

    student.start_camera()
    with student.page.expect_response("**/calm/offer/") as answered:
        student.pause_camera()
    assert answered.value.json() == {"offer": False}
    expect(offer).to_be_hidden()
