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
        browser = playwright.chromium.launch(executable_path=_executable(), args=_arguments(camera))
        try:
            yield browser
        finally:
            browser.close()


def _executable() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise BrowserMissing("Chromium is missing. Please run:  sudo apt-get install -y chromium")


def _arguments(camera: Path | None) -> list[str]:
    # Chromium's sandbox cannot be used by root, and this browser meets our own pages only.
    arguments = ["--test-third-party-cookie-phaseout"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    if camera is None:
        return arguments
    return [
        *arguments,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
