"""The whole stack on this machine, from an empty folder to a course that can be entered."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.demo import broker, clip, parts, secrets
from deploy.demo.supervisor import Supervisor, supervised

ROOT = Path(__file__).resolve().parents[2]
WEB_PORT, PLATFORM_PORT = 8000, 9000

Say = Callable[[str], None]


class StepFailed(RuntimeError):
    """A preparing step ended with an error."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A running stack: where its parts answer and how to speak to the tool's own commands."""

    folder: Path
    env: Mapping[str, str]
    tool_url: str
    platform_url: str
    supervisor: Supervisor

    def page(self, person: str) -> str:
        """The course as that person sees it."""
        return f"{self.platform_url}/course/{person}/"

    def manage(self, *arguments: str) -> str:
        """Run a management command; gives what it prints. Raises StepFailed."""
        return manage(self.env, *arguments)


@contextmanager
def running_stack(
    folder: Path,
    say: Say,
    *,
    outer: Mapping[str, str] = os.environ,
    fixed_ports: bool = False,
    snippet_interval_s: int = 10,
) -> Iterator[Stack]:
    """Everything started, migrated and seeded; nothing left of it afterwards.

    outer: the environment, in which REDIS_URL, DATABASE_URL and secrets may be given.
    Raises BrokerMissing, StepFailed, PartLost.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    web_port = _port(WEB_PORT if fixed_ports else 0)
    platform_port = _port(PLATFORM_PORT if fixed_ports else 0)
    with supervised(folder / "logs", ROOT) as supervisor:
        redis_url = outer.get("REDIS_URL") or _broker(supervisor, folder, say)
        env = _environment(outer, folder, redis_url, web_port, say)
        stack = Stack(
            folder, env, f"http://localhost:{web_port}", f"http://127.0.0.1:{platform_port}", supervisor
        )
        _prepare(stack, say)
        _start(stack, web_port, platform_port, snippet_interval_s, say)
        yield stack


def manage(env: Mapping[str, str], *arguments: str) -> str:
    """Run `manage.py` with this environment. Raises StepFailed."""
    argv = (sys.executable, "manage.py", *arguments)
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepFailed(f"manage.py {arguments[0]} failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout


def _prepare(stack: Stack, say: Say) -> None:
    say("Making the database and the static files")
    with ThreadPoolExecutor() as side:
        static = side.submit(stack.manage, "collectstatic", "--no-input", "--verbosity", "0")
        stack.manage("migrate", "--verbosity", "0")
        static.result()


def _start(stack: Stack, web_port: int, platform_port: int, interval_s: int, say: Say) -> None:
    say("Starting the platform, the web server, the workers and the clock")
    stack.supervisor.start(parts.platform_part(stack.env, platform_port, stack.tool_url))
    stack.supervisor.begin(
        parts.worker_part(stack.env),
        parts.chores_part(stack.env),
        parts.web_part(stack.env, web_port),
        parts.beat_part(stack.env, stack.folder),
    )
    say("Filling the course with generated history")
    stack.manage("seed_demo", "--platform", stack.platform_url, "--interval", str(interval_s))
    stack.supervisor.wait()


def _broker(supervisor: Supervisor, folder: Path, say: Say) -> str:
    prepared = broker.prepare(folder)
    say(f"Starting a broker ({Path(prepared.argv[0]).name})")
    supervisor.start(parts.broker_part(prepared))
    return prepared.url


def _environment(
    outer: Mapping[str, str], folder: Path, redis_url: str, web_port: int, say: Say
) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'attune.sqlite3'}",
        **outer,
        **secrets.secret_files(folder / "secrets", outer),
        "REDIS_URL": redis_url,
        "ATTUNE_PUBLIC_URL": f"http://localhost:{web_port}",
        "ATTUNE_ALLOWED_HOSTS": "localhost",
        "ATTUNE_ALLOW_LOOPBACK_PLATFORMS": "1",
        "ATTUNE_DEMO_SAMPLE_CLIP": _sample_clip(say),
        "PYTHONUNBUFFERED": "1",
    }


def _sample_clip(say: Say) -> str:
    try:
        return str(clip.sample_clip())
    except clip.ClipMissing as error:
        say(f"Going on without the sample clip. {error}")
        return ""


def _port(wanted: int) -> int:
    return wanted if wanted and broker.is_free(wanted) else broker.free_port()
