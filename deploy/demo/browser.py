"""A headless Chromium as a stranger's would be: third-party cookies blocked, a fake camera. Knows no page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


class BrowserMissing(RuntimeError):
    """No Chromium is installed."""


@contextmanager
def chromium(camera: Path | None) -> Iterator[Browser]:
    """A browser that blocks third-party cookies and sees `camera` (motion JPEG). Raises BrowserMissing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=arguments(camera))
        try:
            yield browser
        finally:
            browser.close()


def executable() -> str:
    """The installed Chromium. Raises BrowserMissing."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise BrowserMissing("Chromium is missing. Please run:  sudo apt-get install -y chromium")


def arguments(camera: Path | None, *, third_party_cookies: bool = False) -> list[str]:
    """How it is started: with a fake camera, and with the cookies of other sites blocked or allowed."""
    cookies = [] if third_party_cookies else ["--test-third-party-cookie-phaseout"]
    # One process for all sites: the driver loses a frame that goes from process to process and back at once.
    # Chromium's sandbox cannot be used by root, and this browser meets our own pages only.
    always = [*cookies, "--disable-site-isolation-trials"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    if camera is None:
        return always
    return [
        *always,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
