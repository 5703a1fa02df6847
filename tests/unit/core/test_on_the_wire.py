"""What a raw socket may say to the web process: the server's own bounds and ours together."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from lti_tool.capture.body_bound import BoundedBodies
from lti_tool.capture.limits import BODY_MAX_BYTES
from lti_tool.core.serving import ThreadedHandler

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 0.5
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The ASGI application behind uvicorn, as asgi.py puts it together but for a shorter patience."""
    application = BoundedBodies(ThreadedHandler(threads=2), limit=BODY_MAX_BYTES, patience_s=PATIENCE_S)
    config = uvicorn.Config(application, port=0, lifespan="off", log_level="critical", http="h11")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def say(port: int, *pieces: bytes, pause_s: float = 0) -> bytes:
    """Everything that is answered until the server closes, or says nothing for a while."""
    with socket.create_connection(("127.0.0.1", port), timeout=4) as wire:
        heard = b""
        try:
            for piece in pieces:
                wire.sendall(piece)
                time.sleep(pause_s)
            while piece := wire.recv(65536):
                heard += piece
        except (TimeoutError, ConnectionError):
            pass
        return heard


def statuses(heard: bytes) -> list[int]:
    return [int(part[:3]) for part in heard.split(b"HTTP/1.1 ")[1:]]


def test_an_honest_request_is_answered(port: int) -> None:
    assert statuses(say(port, GET + b"Connection: close\r\n\r\n")) == [200]


@pytest.mark.parametrize("header", [b"X-Big: " + b"x" * 4_000_000, b"Cookie: " + b"a=b; " * 500_000])
def test_headers_of_megabytes_are_cut_off(port: int, header: bytes) -> None:
    assert statuses(say(port, GET + header + b"\r\n\r\n")) in ([400], [])


def test_ten_thousand_headers_are_cut_off(port: int) -> None:
    assert statuses(say(port, GET + b"X: y\r\n" * 100_000 + b"\r\n")) in ([400], [])


@pytest.mark.parametrize(
    "header",
    [
        b"X-Attune-Session: a\x00b\r\n",
        b"X-Attune-Session: a\rSet-Cookie: b\r\n",
        b"Bad Name: x\r\n",
        b"Content-Length: ten\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b": nothing\r\n",
    ],
)
def test_headers_that_two_readers_could_take_differently_are_refused(port: int, header: bytes) -> None:
    assert statuses(say(port, POST + header + b"\r\nhello")) in ([400], [501])


def test_a_request_hidden_in_the_body_of_another_is_not_heard(port: int) -> None:
    """Chunked wins over a length, as RFC 9112 6.3 has it, and what follows is no request."""
    hidden = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    both = b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % len(hidden)

    assert 200 not in statuses(say(port, POST + both + hidden))


def test_a_body_that_is_shorter_than_announced_is_not_waited_for(port: int) -> None:
    begun = time.monotonic()
    heard = say(port, POST + b"Content-Length: 1000\r\n\r\nshort")

    assert statuses(heard) == [408]
    assert b"took too long" in heard
    assert time.monotonic() - begun < PATIENCE_S + 3


def test_a_body_byte_by_byte_is_not_waited_for_and_holds_no_thread(port: int) -> None:
    slow = [
        threading.Thread(
            target=say,
            args=(port, POST + b"Content-Length: 1000\r\n\r\n", *[b"x"] * 8),
            kwargs={"pause_s": 0.1},
        )
        for _ in range(10)
    ]
    for one in slow:
        one.start()
    begun = time.monotonic()
    heard = say(port, GET + b"Connection: close\r\n\r\n")

    assert statuses(heard) == [200]
    assert time.monotonic() - begun < PATIENCE_S
    for one in slow:
        one.join()


def test_what_is_more_than_announced_is_another_request_and_no_good_one(port: int) -> None:
    assert statuses(say(port, POST + b"Content-Length: 3\r\n\r\na=b&c=d\r\n\r\n"))[1:] in ([400], [])


def test_a_body_that_is_announced_as_too_long_is_not_read(port: int) -> None:
    assert statuses(say(port, POST + b"Content-Length: 99999999999\r\n\r\n")) == [413]


def test_chunks_without_end_are_cut_off(port: int) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    assert statuses(say(port, POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 100)) in ([413], [])


@pytest.mark.parametrize(
    "line",
    [
        b"GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1",
        b"GET /?next=%0d%0aSet-Cookie:a=b HTTP/1.1",
        b"GET /l/%00/ HTTP/1.1",
        b"GET /../../etc/passwd HTTP/1.1",
        b"GET //evil.example/ HTTP/1.1",
        b"GET /admin%00/ HTTP/1.1",
    ],
)
def test_nothing_of_an_address_becomes_a_header(port: int, line: bytes) -> None:
    heard = say(port, line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert statuses(heard)[0] in (200, 404)
    head = heard.split(b"\r\n\r\n")[0].lower()
    assert b"set-cookie" not in head
    assert b"\r\nlocation" not in head


def test_a_host_that_we_do_not_have_is_refused(port: int) -> None:
    heard = say(port, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")

    assert statuses(heard) == [400]
    assert b"evil.example" not in heard


def test_headers_that_dawdle_are_cut_off_by_the_proxy_in_front() -> None:
    """Uvicorn waits for them for ever. docs/threat-model.md says so."""
    proxy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    for bound in ("read_header 10s", "read_body 30s", "idle 1m", "max_header_size 32KB"):
        assert bound in proxy
