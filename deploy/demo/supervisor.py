"""Start processes in order, keep them up, leave none behind. Knows nothing of what they do.

A part that dies is started again, three times a minute at most; after that everything stops and says why.
Every part leads a process group of its own, which is ended as a whole; should this process be killed
outright, the kernel tells each part (`setpriv --pdeathsig`).
"""

import os
import shutil
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

RESTARTS, RESTART_WINDOW_S = 3, 60
PATIENCE_S = 8


class PartLost(RuntimeError):
    """A part did not come up, or does not stay up."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process: how to start it and how to see that it is ready."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    ready: Callable[[], bool]
    ready_limit_s: float = 60


@dataclass
class _Running:
    part: Part
    process: "subprocess.Popen[bytes]"
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))

    def dies_too_often(self, at: float) -> bool:
        self.deaths.append(at)
        return len(self.deaths) == RESTARTS and at - self.deaths[0] < RESTART_WINDOW_S


class Supervisor:
    """Holds the running parts. Use `supervised(...)`, which stops them whatever happens."""

    def __init__(self, logs: Path, cwd: Path) -> None:
        self._logs, self._cwd = logs, cwd
        self._running: list[_Running] = []

    def begin(self, *parts: Part) -> None:
        """Start these parts without waiting for them."""
        for part in parts:
            self._running.append(_Running(part, self._spawn(part)))

    def wait(self) -> None:
        """Wait until every part that was begun is ready. Raises PartLost."""
        for running in self._running:
            self._await(running)

    def start(self, *parts: Part) -> None:
        """Begin and wait. Raises PartLost."""
        self.begin(*parts)
        self.wait()

    def watch(self, *, pause_s: float = 0.5) -> None:
        """Keep the parts up, for ever. Raises PartLost."""
        while True:
            self.look_after()
            time.sleep(pause_s)

    def look_after(self) -> list[str]:
        """Start again whatever has died; gives the names. Raises PartLost."""
        dead = [running for running in self._running if running.process.poll() is not None]
        for running in dead:
            if running.dies_too_often(time.monotonic()):
                raise PartLost(self._obituary(running))
            _end_group(running.process)
            running.process = self._spawn(running.part)
        return [running.part.name for running in dead]

    def pid(self, name: str) -> int:
        """The process id of a part, which is its group's id too."""
        return next(running.process.pid for running in self._running if running.part.name == name)

    def stop(self) -> None:
        """End every part, the last started first, each with all its children."""
        for running in reversed(self._running):
            _end_group(running.process)
        self._running.clear()

    def _spawn(self, part: Part) -> "subprocess.Popen[bytes]":
        log = (self._logs / f"{part.name}.log").open("ab")
        with log:
            return subprocess.Popen(
                (*_dies_with_us(), *part.argv),
                env=part.env,
                cwd=self._cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _await(self, running: _Running) -> None:
        deadline = time.monotonic() + running.part.ready_limit_s
        while not running.part.ready():
            if running.process.poll() is not None or time.monotonic() > deadline:
                raise PartLost(self._obituary(running))
            time.sleep(0.1)

    def _obituary(self, running: _Running) -> str:
        log = self._logs / f"{running.part.name}.log"
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        return "\n    ".join([f"{running.part.name} is not running. The end of {log}:", *last])


@contextmanager
def supervised(logs: Path, cwd: Path) -> Iterator[Supervisor]:
    """A supervisor whose parts are gone when the block ends, however it ends."""
    logs.mkdir(parents=True, exist_ok=True)
    supervisor = Supervisor(logs, cwd)
    try:
        yield supervisor
    finally:
        supervisor.stop()


def _dies_with_us() -> tuple[str, ...]:
    return ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") else ()


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """Ask the leader to end its work, then end whatever is left of the group."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
