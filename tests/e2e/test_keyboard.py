"""Every page by keyboard alone: each control is reached by Tab, and shows that it is."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, expect

from deploy.demo.journey import Visit
from deploy.demo.stack import Stack
from tests.e2e.places import PLACES, go_to

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

# Of radio buttons with one name a browser stops at one alone.
CONTROLS = """() => {
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = new Set();
  window.unreached = new Set([...document.querySelectorAll(kinds)].filter((node) => {
    const isThere = node.checkVisibility({ visibilityProperty: true });
    if (node.disabled || node.type === "hidden" || !isThere) return false;
    if (node.type !== "radio") return true;
    const isFirst = !seen.has(node.name);
    seen.add(node.name);
    return isFirst;
  }));
  return window.unreached.size;
}"""
REACHED = """() => {
  const node = document.activeElement;
  for (const other of window.unreached) {
    if (other === node || (node.type === "radio" && other.name === node.name)) window.unreached.delete(other);
  }
  // A hidden box is drawn by its label; a link may cover its row.
  const drawn = [node, node.parentElement, node.nextElementSibling, node.closest("li, label, form")];
  const shows = (each, pseudo) => {
    const style = getComputedStyle(each, pseudo);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return hasOutline || style.boxShadow !== "none";
  };
  const parts = ["", "::before", "::after"];
  const isSeen = drawn.filter(Boolean).some((each) => parts.some((part) => shows(each, part)));
  return { isSeen: isSeen || node === document.body, what: node.outerHTML.slice(0, 120) };
}"""
LEFT = "() => [...window.unreached].map((node) => node.outerHTML.slice(0, 120))"


def walk(visit: Visit) -> list[str]:
    """Tab from the top to the end; what was never reached, and what did not show that it was."""
    frame = visit.frame
    count = frame.evaluate(CONTROLS)
    frame.evaluate("() => { document.activeElement.blur(); document.querySelector('.skip-link').focus(); }")
    frame.evaluate(REACHED)  # put there by us: no keyboard led to it, and no ring need show
    hidden = []
    for _ in range(count + 3):
        visit.page.keyboard.press("Tab")
        if not frame.evaluate("() => document.hasFocus()"):
            break
        reached = frame.evaluate(REACHED)
        if not reached["isSeen"]:
            hidden.append(f"not seen: {reached['what']}")
    return hidden + [f"not reached: {what}" for what in frame.evaluate(LEFT)]


@pytest.mark.parametrize("person", PLACES)
def test_every_control_is_reached_and_shows_it(live_stack: Stack, browser: Browser, person: str) -> None:
    found = []
    with browser.new_context() as context:
        visit = Visit(context, live_stack.page(person))
        for step in PLACES[person]:
            go_to(visit, step)
            found += [f"{step}: {complaint}" for complaint in walk(visit)]
    assert not found, "\n".join(found)


def test_a_counselor_finds_acknowledges_and_writes_without_a_mouse(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    visit = Visit(somebody, live_stack.page("counselor"))
    keys = visit.page.keyboard
    visit.frame.locator("body").evaluate("body => window.focus()")
    visit.frame.locator(".skip-link").focus()
    keys.press("j")
    expect(visit.frame.locator(":focus")).to_have_class("case__link")
    name = visit.frame.locator(":focus").inner_text()
    with visit.frame.expect_navigation():
        keys.press("Enter")
    expect(visit.heading()).to_have_text(name)
    _tab_to(visit, "button", "I have seen it")
    with visit.frame.expect_navigation():
        keys.press("Enter")
    _tab_to(visit, "textarea", "")
    keys.type("Wrote to her; she answers tomorrow.")
    _tab_to(visit, "button", "Keep this note")
    with visit.frame.expect_navigation():
        keys.press("Enter")
    visit.sees("Wrote to her; she answers tomorrow.")


def _tab_to(visit: Visit, kind: str, words: str) -> None:
    frame: Frame = visit.frame
    for _ in range(60):
        focused = frame.locator(f"{kind}:focus")
        if focused.count() and words in focused.inner_text():
            return
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {kind} {words}")
