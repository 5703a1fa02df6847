"""A running house for tests: a database, a web server and workers, each its own process. Knows no browser."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import cv2
import httpx

from deploy.demo.broker import free_port

ROOT = Path(__file__).resolve().parents[3]
FACE = ROOT / "inference" / "samples" / "astronaut.jpg"
PATIENCE_S = 60
Found = TypeVar("Found")


def face_frames(count: int = 8) -> list[bytes]:
    """JPEG frames of a real face, each a little brighter than the one before, as a camera would give."""
    picture = cv2.imread(str(FACE))
    assert picture is not None
    brighter = (cv2.convertScaleAbs(picture, alpha=1.0, beta=step) for step in range(count))
    return [cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes() for frame in brighter]


def await_that(claim: Callable[[], Found | None], patience_s: float = PATIENCE_S) -> Found:
    """What the claim returns once it is true. Raises TimeoutError."""
    deadline = time.monotonic() + patience_s
    while not (found := claim()):
        if time.monotonic() > deadline:
            raise TimeoutError("It did not become true in time.")
        time.sleep(0.05)
    return found


@dataclass
class House:
    """Processes that share a database and a broker. Everything started here is ended here."""

    folder: Path
    redis_url: str
    database_url: str
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.integration.capture.quick_settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "ATTUNE_SPOOL_URL": self.redis_url,
            "ATTUNE_PUBLIC_URL": self.address,
            "ATTUNE_DEBUG": "0",
        }

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A Python process of the house, the head of its own process group; what it says lies in a file."""
        with (self.folder / f"{arguments[1]}.{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def run(self, *arguments: str) -> str:
        """A Python process of the house, to its end; returns what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, check=True, capture_output=True
        )
        return done.stdout.decode()

    def start_web(self) -> subprocess.Popen[bytes]:
        web = self.start(
            "-m", "uvicorn", "lti_tool.asgi:application", "--port", str(self.port), "--log-level", "warning"
        )
        await_that(self._answers)
        return web

    def start_worker(self, *, queue: str = "snippets", wait: bool = True) -> subprocess.Popen[bytes]:
        worker = self.start(
            *("-m", "celery", "-A", "lti_tool.celery:app", "worker", "-Q", queue),
            *("-c", "1", "-l", "info", "--without-gossip"),
        )
        if wait:
            await_that(lambda: " ready." in self.log_of(worker), patience_s=120)
        return worker

    def log_of(self, process: subprocess.Popen[bytes]) -> str:
        (log,) = self.folder.glob(f"*.{self.processes.index(process)}.log")
        return log.read_text(encoding="utf-8", errors="replace")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """As when the machine loses power: the whole process group, at once."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def child_of(self, worker: subprocess.Popen[bytes]) -> int:
        """The pool process of a worker."""
        found = subprocess.run(["pgrep", "-P", str(worker.pid)], check=True, capture_output=True, text=True)
        return int(found.stdout.split()[0])

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/lti/jwks/").status_code < 500
        except httpx.TransportError:
            return False


@dataclass
class StudentBrowser:
    """Speaks to the house as the capture page does."""

    client: httpx.Client
    launch: str
    session: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def enter(cls, house: House) -> Self:
        held = json.loads(house.run("-m", "tests.integration.capture.prepare"))
        headers = {"Cookie": f"attune_session={held['cookie']}", "Accept": "application/json"}
        browser = cls(httpx.Client(base_url=house.address, headers=headers, timeout=30), held["launch"])
        page = browser.client.get(f"/l/{browser.launch}/capture/", headers={"Accept": "text/html"})
        page.raise_for_status()
        browser.client.headers["X-CSRFToken"] = re.findall(r'data-token="([^"]+)"', page.text)[0]
        return browser

    def start(self) -> None:
        answer = self.client.post(f"/l/{self.launch}/capture/sessions/")
        answer.raise_for_status()
        self.session = answer.json()

    def send(self, frames: list[bytes], client_id: str = "") -> httpx.Response:
        fields = {
            "client_id": client_id or str(uuid.uuid4()),
            "captured_at": datetime.now(UTC).isoformat(),
        }
        files = [("frames", (f"{n}.jpg", frame, "image/jpeg")) for n, frame in enumerate(frames)]
        return self.client.post(self.session["snippets"], data=fields, files=files)

    def results(self) -> list[dict[str, Any]]:
        answer = self.client.get(self.session["results"])
        answer.raise_for_status()
        return list(answer.json()["snippets"])

    def measured(self, frames: list[bytes]) -> dict[str, Any]:
        """Send a snippet and wait for its result."""
        sent = self.send(frames)
        sent.raise_for_status()
        return await_that(lambda: self.ended(sent.json()["snippet"]))

    def ended(self, snippet: str) -> dict[str, Any] | None:
        """The snippet's result, if it has come to an end."""
        return next((r for r in self.results() if r["snippet"] == snippet and r["finished_at"]), None)


@contextmanager
def open_house(folder: Path, *, redis_url: str, database_url: str) -> Iterator[House]:
    """A migrated house with a web server; workers are started by the test."""
    house = House(folder, redis_url, database_url)
    try:
        house.run("manage.py", "migrate", "--verbosity", "0")
        house.start_web()
        yield house
    finally:
        house.close()
