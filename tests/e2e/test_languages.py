"""Every page in every language: nothing left in English, nothing too wide, nothing for axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from deploy.demo.journey import Visit
from deploy.demo.stack import Stack
from tests.e2e.places import PLACES, go_to

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

LANGUAGES = {"es": "es", "zh_cn": "zh-hans"}
"""As a platform says it, and as a page does."""
NARROW: ViewportSize = {"width": 360, "height": 740}

ENGLISH = re.compile(r"\b(?:the|of|and|your|you|with|this|that|not|was|were|are|have|their|they)\b", re.I)
"""No words of Spanish, and none of Chinese."""

# Without what people wrote themselves: that has a language of its own, or one that nobody knows.
READ_OR_HEARD = """() => {
  const attributes = ["aria-label", "title", "placeholder", "alt"];
  const heard = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())]
    .flatMap((node) => attributes.map((name) => node.getAttribute(name)));
  const page = document.body.cloneNode(true);
  page.querySelectorAll("[lang], code, kbd, script").forEach((node) => node.remove());
  const read = page.textContent.split("\\n");
  return [document.title, ...heard, ...read].filter(Boolean).map((text) => text.trim());
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

everybody_in_each_language = pytest.mark.parametrize(
    ("person", "language"), [(person, language) for person in PLACES for language in LANGUAGES]
)


@everybody_in_each_language
def test_a_page_speaks_one_language_and_fits_a_telephone(
    live_stack: Stack, browser: Browser, person: str, language: str
) -> None:
    with browser.new_context(viewport=NARROW) as context:
        visit = Visit(context, f"{live_stack.page(person)}?language={language}")
        for step in PLACES[person]:
            go_to(visit, step)
            frame = visit.frame
            assert frame.locator("html").get_attribute("lang") == LANGUAGES[language], step
            assert [text for text in frame.evaluate(READ_OR_HEARD) if ENGLISH.search(text)] == [], step
            assert frame.evaluate(TOO_WIDE) <= 0, step
            # Nothing of ours runs from right to left yet; a page must bear it when something does.
            frame.evaluate("() => document.documentElement.setAttribute('dir', 'rtl')")
            assert frame.evaluate(TOO_WIDE) <= 0, f"{step} from right to left"


@everybody_in_each_language
def test_axe_finds_nothing_in_any_language(
    live_stack: Stack, browser: Browser, person: str, language: str
) -> None:
    with browser.new_context() as context:
        visit = Visit(context, f"{live_stack.page(person)}?language={language}")
        found = []
        for step in PLACES[person]:
            go_to(visit, step)
            violations = Axe().run(visit.frame).response["violations"]
            found += [f"{step}: {entry['id']} {entry['nodes'][0]['html'][:120]}" for entry in violations]
    assert found == []


def test_a_choice_at_the_foot_of_the_page_holds_for_the_next_visit_too(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    visit = Visit(somebody, live_stack.page("student-03"))
    expect(visit.frame.locator("html")).to_have_attribute("lang", "en")
    with visit.frame.expect_navigation():
        visit.frame.get_by_role("button", name="简体中文").click()
    expect(visit.frame.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(Visit(somebody, live_stack.page("student-03")).frame.locator("html")).to_have_attribute(
        "lang", "zh-hans"
    )
