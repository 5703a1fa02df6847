"""A whole stack and a real browser, once for all tests of the browser path."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Request

from deploy.demo.browser import chromium
from deploy.demo.clip import camera_feed
from deploy.demo.stack import Stack, running_stack

LOCAL_SCHEMES = {"blob", "data", "about"}


def environment_of_a_stranger() -> dict[str, str]:
    """Without what tests/settings.py has set for this process."""
    ours = {"REDIS_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    return {k: v for k, v in os.environ.items() if k not in ours and not k.startswith("ATTUNE_")}


@pytest.fixture(scope="session")
def live_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Broker, web, worker, clock and platform; a snippet every three seconds."""
    folder, outer = tmp_path_factory.mktemp("stack"), environment_of_a_stranger()
    with running_stack(folder, print, outer=outer, snippet_interval_s=3) as stack:
        yield stack


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with a moving face before its camera."""
    with chromium(camera_feed()) as browser:
        yield browser


@pytest.fixture
def somebody(browser: Browser, live_stack: Stack) -> Iterator[BrowserContext]:
    """A fresh profile. Fails the test if anything outside the tool and the platform is asked for."""
    strangers: list[str] = []
    allowed = {urlsplit(live_stack.tool_url).netloc, urlsplit(live_stack.platform_url).netloc}

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc not in allowed:
            strangers.append(request.url)

    context = browser.new_context()
    context.on("request", note)
    yield context
    context.close()
    assert strangers == []
