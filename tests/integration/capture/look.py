"""Look into the broker, the spool and the processes from outside."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from redis import Redis

JPEG_STARTS = b"\xff\xd8\xff"


def every_value(redis_url: str) -> Iterator[tuple[str, bytes]]:
    """Each stored value with its key, whatever its type."""
    with Redis.from_url(redis_url) as client:
        for key in client.scan_iter():
            for value in _values(client, key):
                yield key.decode(), value


def queued_arguments(redis_url: str, queue: str = "snippets") -> list[Any]:
    """The arguments of the tasks that wait in a queue."""
    with Redis.from_url(redis_url) as client:
        messages = [json.loads(message) for message in client.lrange(queue, 0, -1)]
    return [json.loads(base64.b64decode(message["body"]))[:2] for message in messages]


def spooled(redis_url: str) -> list[str]:
    """The keys of snippets whose frames are still kept."""
    with Redis.from_url(redis_url) as client:
        return [key.decode() for key in client.scan_iter("attune:spool:*")]


def resident_mb(pid: int) -> float:
    """How much memory a process holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def _values(client: Redis, key: bytes) -> list[bytes]:
    readers: dict[bytes, Callable[[], Any]] = {
        b"string": lambda: [client.get(key)],
        b"list": lambda: client.lrange(key, 0, -1),
        b"hash": lambda: client.hvals(key),
        b"set": lambda: client.smembers(key),
        b"zset": lambda: client.zrange(key, 0, -1),
    }
    kind = cast("bytes", client.type(key))
    return [value for value in readers[kind]() if value]
