"""The parts of the stack: each command, and how it shows that it is ready. Knows no room of the tool."""

import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.demo import broker
from deploy.demo.supervisor import Part

Env = Mapping[str, str]


def broker_part(prepared: broker.Broker) -> Part:
    """The message broker, which also holds the sealed frames for their few seconds."""
    return Part("broker", prepared.argv, os.environ, lambda: broker.answers(prepared.url), 10)


def web_part(env: Env, port: int, application: str = "lti_tool.asgi:application") -> Part:
    """The ASGI web server, on loopback only."""
    argv = (
        *(sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1"),
        *("--port", str(port), "--no-access-log", "--no-server-header", "--lifespan", "off"),
        *("--timeout-graceful-shutdown", "3"),
    )
    return Part("web", argv, env, _serves(f"http://127.0.0.1:{port}/lti/jwks/", env))


def worker_part(env: Env) -> Part:
    """The worker that measures, one process for every two cores."""
    return _worker("worker", "snippets", env, processes=max(1, (os.cpu_count() or 1) // 2))


def chores_part(env: Env) -> Part:
    """The worker for all else, light: what waits for a platform or a table must not delay a snippet."""
    return _worker("chores", "chores", env, processes=1)


def beat_part(env: Env, folder: Path) -> Part:
    """The clock that sends the regular sweeps."""
    return Part("beat", (*_celery("beat"), "--schedule", str(folder / "beat")), env, lambda: True)


def platform_part(env: Env, port: int, tool_url: str) -> Part:
    """The demonstration platform, on another site than the tool."""
    argv = (
        *(sys.executable, "-m", "tests.platform", "--port", str(port)),
        *("--tool-url", tool_url, "--share-names"),
    )
    return Part("platform", argv, env, _serves(f"http://127.0.0.1:{port}/healthz", env))


def _worker(name: str, queue: str, env: Env, *, processes: int) -> Part:
    argv = (
        *_celery("worker"),
        *("--queues", queue, "--hostname", f"{queue}@%h", "--concurrency", str(processes)),
        *("--without-gossip", "--without-mingle"),
    )
    return Part(name, argv, env, _worker_answers(env["REDIS_URL"], queue), 120)


def _celery(command: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "--app", "lti_tool", command, "--loglevel", "INFO")


def _serves(url: str, env: Env) -> Callable[[], bool]:
    host = env.get("ATTUNE_ALLOWED_HOSTS", "localhost")
    request = urllib.request.Request(url, headers={"Host": host} if "/lti/" in url else {})  # noqa: S310

    def serves() -> bool:
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    return serves


def _worker_answers(broker_url: str, queue: str) -> Callable[[], bool]:
    from celery import Celery

    control = Celery(broker=broker_url).control
    # Asked by name: the other worker's answer does not count, and nobody is waited for once it has come.
    named = [f"{queue}@{socket.gethostname()}"]
    return lambda: bool(control.ping(destination=named, timeout=1))
