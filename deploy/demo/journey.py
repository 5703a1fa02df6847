"""What a student and a counselor do on the platform's course page. Knows the pages' words only."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Error, Frame, Locator, Page, Response, expect

PATIENCE_MS = 20_000


@dataclass(frozen=True, slots=True)
class Upload:
    """One snippet as the student's browser saw it: sent, and answered by a result. Times in epoch seconds."""

    snippet: str
    sent_at: float
    result_at: float
    state: str


class Visit:
    """One person inside the tool's frame on the course page."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(address)
        self._wait_for(self.heading)  # the launch goes through pages of its own, without one

    @property
    def frame(self) -> Frame:
        """The tool's own frame; another site than the page around it.

        Without cookies it shows its pages in a frame of its own.
        """
        frame = self.page.frame("tool")
        if frame is None:
            raise AssertionError("The course page shows no tool.")
        return frame.child_frames[0] if frame.child_frames else frame

    def heading(self) -> Locator:
        return self.frame.get_by_role("heading", level=1)

    def open(self, label: str) -> None:
        """Follow a link of the page, and wait until the page behind it has come.

        The same links are on many pages: the next click could meet the page before, and be undone.
        """
        with self.frame.expect_navigation():
            press(self.frame.get_by_role("link", name=label, exact=True).first)

    def sees(self, text: str) -> None:
        """Wait until the page says so. Raises AssertionError."""
        self._wait_for(lambda: self.frame.get_by_text(text).first)

    def _wait_for(self, find: Callable[[], Locator]) -> None:
        """Look for it again and again: the frame itself is replaced where there are no cookies."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < until:
            try:
                return find().wait_for(timeout=500)
            except Error:
                continue
        raise AssertionError(f"{self.frame.url} does not show {find()}.")


class StudentVisit(Visit):
    """A student: answers, lets the camera look, takes everything back."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._responses: list[Response] = []
        context.on("response", self._keep)
        super().__init__(context, address)

    def say_yes(self) -> None:
        yes = self.frame.get_by_role("button", name="Yes")
        yes.wait_for()
        for choice in self.frame.get_by_role("checkbox").all():
            choice.check()
        press(yes)
        self._part("start").wait_for()

    def say_not_now(self) -> None:
        press(self.frame.get_by_role("button", name="Not now"))

    def start_camera(self) -> None:
        start = self._part("start")
        expect(start).to_be_enabled(timeout=PATIENCE_MS)
        press(start)
        expect(self._part("badge")).to_have_text("On", timeout=PATIENCE_MS)

    def pause_camera(self) -> None:
        """Pause, and wait until everything that was sent is answered."""
        press(self._part("pause"))
        self.page.wait_for_load_state("networkidle")
        self.wait_for_results(len(self._sent()), limit_s=PATIENCE_MS / 1000)

    def stop_camera(self) -> None:
        press(self._part("stop"))

    def camera_was_stopped(self) -> None:
        """Wait until the page was stopped from outside, says so, and has let go. Raises AssertionError."""
        root = self.frame.locator("[data-capture-page]")
        # "paused" would look alike: the badge is the same.
        expect(root).to_have_attribute("data-state", "stopped", timeout=PATIENCE_MS)
        expect(self._part("trouble-heading")).to_have_text("The camera was stopped")
        expect(self._part("trouble-text")).not_to_be_empty()
        if self._part("video").evaluate("video => video.srcObject !== null"):
            raise AssertionError("The page says that the camera is off, and still holds it.")

    def wait_for_results(self, count: int, limit_s: float) -> list[Upload]:
        """Wait until this many snippets have ended. Raises AssertionError."""
        waited = 0.0
        while len(uploads := self.uploads()) < count:
            if waited > limit_s:
                raise AssertionError(
                    f"Only {len(uploads)} of {count} snippets were answered in {limit_s:.0f} s."
                )
            self.page.wait_for_timeout(250)
            waited += 0.25
        return uploads

    def withdraw(self) -> None:
        self.open("Stop and delete everything")
        press(self.frame.get_by_role("button", name="Stop and delete everything"))
        self.sees("Everything was deleted")

    def uploads(self) -> list[Upload]:
        """Every snippet that was sent and whose result has reached the page."""
        results = self._results()
        return [
            Upload(snippet, sent_at, *results[snippet])
            for snippet, sent_at in self._sent()
            if snippet in results
        ]

    def _sent(self) -> list[tuple[str, float]]:
        accepted = [answer for answer in self._responses if answer.status == 202]
        return [(answer.json()["snippet"], _started(answer)) for answer in accepted]

    def _results(self) -> dict[str, tuple[float, str]]:
        """For each ended snippet when its result first arrived, and its state."""
        found: dict[str, tuple[float, str]] = {}
        for answer in self._responses:
            if "/results/" in answer.url and answer.ok:
                for snippet in answer.json()["snippets"]:
                    if snippet["finished_at"]:
                        found.setdefault(snippet["snippet"], (_ended(answer), snippet["state"]))
        return found

    def _keep(self, response: Response) -> None:
        if "/capture/sessions/" in response.url:
            self._responses.append(response)

    def _part(self, name: str) -> Locator:
        return self.frame.locator(f'[data-capture="{name}"]')


class CounselorVisit(Visit):
    """A counselor: finds a student in the list and opens the record."""

    def open_record_of(self, name: str) -> None:
        """From the queue, by the list of students."""
        self.open("Students")
        press(self.frame.get_by_role("link", name=name))
        expect(self.heading()).to_have_text(name, timeout=PATIENCE_MS)

    def does_not_list(self, name: str, *, but: str) -> None:
        """The list is there, with somebody else in it. Raises AssertionError."""
        self.open("Students")
        expect(self.heading()).to_have_text("Students", timeout=PATIENCE_MS)
        expect(self.frame.get_by_role("link", name=but)).to_have_count(1, timeout=PATIENCE_MS)
        expect(self.frame.get_by_role("link", name=name)).to_have_count(0, timeout=PATIENCE_MS)


def press(part: Locator) -> None:
    """By keyboard: the course page may be scrolling up under a mouse that was aimed before."""
    part.press("Enter")


def _timing(response: Response) -> dict[str, Any]:
    return dict(response.request.timing)


def _started(response: Response) -> float:
    return float(_timing(response)["startTime"]) / 1000


def _ended(response: Response) -> float:
    timing = _timing(response)
    return float(timing["startTime"] + max(timing["responseEnd"], timing["responseStart"])) / 1000
