"""Run the platform: in a thread for tests, in the foreground for the demo. Knows nothing of LTI."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.platform.keys import PlatformKey
from tests.platform.platform import Platform
from tests.platform.web.app import make_app

START_LIMIT_S = 10.0


def listen(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """Take the port before anything is built on its number."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind((host, port))
    # Whoever learns the address may connect at once: the kernel holds the call until the server answers.
    taken.listen()
    return taken


def address_of(taken: socket.socket) -> str:
    host, port = taken.getsockname()
    return f"http://{host}:{port}"


def make_server(platform: Platform, *, log_level: str = "warning") -> uvicorn.Server:
    config = uvicorn.Config(
        make_app(platform), log_level=log_level, access_log=False, lifespan="off", timeout_graceful_shutdown=2
    )
    return uvicorn.Server(config)


@contextmanager
def run_platform(
    tool_url: str, *, host: str = "127.0.0.1", key: PlatformKey | None = None
) -> Iterator[Platform]:
    """Serve a platform on a free port from a thread; it is ready inside the `with` and gone after it."""
    with listen(host) as taken:
        address = address_of(taken)
        platform = Platform(address, tool_url, key) if key else Platform(address, tool_url)
        server = make_server(platform)
        thread = threading.Thread(target=server.run, args=([taken],), name="platform", daemon=True)
        thread.start()
        try:
            _await_start(server, thread)
            yield platform
        finally:
            server.should_exit = True
            thread.join(START_LIMIT_S)


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > limit:
            raise RuntimeError("the demonstration platform did not start")
        time.sleep(0.01)
