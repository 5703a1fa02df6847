"""Browsers and sites that differ in the cookies they keep or send. Real Chromium, real settings."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType

from deploy.demo import broker, parts
from deploy.demo.browser import arguments, executable
from deploy.demo.clip import camera_feed
from deploy.demo.stack import ROOT, Stack
from deploy.demo.supervisor import supervised

# A script's own cookie, in a browser that does not know the word.
FORGET_PARTITIONED = """
const kept = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
Object.defineProperty(Document.prototype, "cookie", {
  get() { return kept.get.call(this); },
  set(text) { kept.set.call(this, text.replace(/; *Partitioned/i, "")); },
});
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a browser does with cookies of a site inside another."""

    third_party: bool
    partitioned: bool

    @property
    def any(self) -> bool:
        return self.third_party or self.partitioned


@contextmanager
def plain_site(stack: Stack, folder: Path) -> Iterator[Stack]:
    """The same tool and worker once more, for browsers without partitioned cookies: own web and platform."""
    web_port, platform_port = broker.free_port(), broker.free_port()
    tool_url = f"http://localhost:{web_port}"
    env = {**stack.env, "ATTUNE_PUBLIC_URL": tool_url}
    with supervised(folder / "logs", ROOT) as supervisor:
        site = replace(
            stack,
            folder=folder,
            env=env,
            tool_url=tool_url,
            platform_url=f"http://127.0.0.1:{platform_port}",
            supervisor=supervisor,
        )
        supervisor.start(parts.platform_part(env, platform_port, tool_url))
        supervisor.begin(parts.web_part(env, web_port, "tests.e2e.plain_cookies:application"))
        site.manage("seed_demo", "--platform", site.platform_url, "--interval", "3")
        supervisor.wait()
        yield site


@contextmanager
def browser_that_keeps(kept: Kept, folder: Path, kind: BrowserType) -> Iterator[BrowserContext]:
    """A fresh profile with these settings, and a moving face before its camera."""
    settings = {"profile": {"cookie_controls_mode": 0 if kept.third_party else 1}}
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(settings))
    context = kind.launch_persistent_context(
        folder,
        executable_path=executable(),
        args=arguments(camera_feed(), third_party_cookies=kept.third_party),
    )
    if not kept.partitioned:
        context.add_init_script(FORGET_PARTITIONED)
    yield context
    context.close()
