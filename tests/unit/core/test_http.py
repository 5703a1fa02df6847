"""Outbound calls: which addresses are open, and that time and size are bounded. Against real servers."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from lti_tool.core import http
from lti_tool.core.http import Answer as Said
from lti_tool.core.http import PlatformSilent, address_is_allowed, ask, fetch_json

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def say(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "192.168.1.1", "169.254.169.254", "fe80::1", "::ffff:10.0.0.1", "0.0.0.0", "224.0.0.1"],
)
def test_private_addresses_are_closed(address: str) -> None:
    assert not address_is_allowed(address)


def test_public_addresses_are_open() -> None:
    assert address_is_allowed("93.184.215.14")


def test_an_installation_may_name_its_own_network(settings: Settings) -> None:
    settings.PRIVATE_PLATFORM_NETWORKS = ["10.20.0.0/16"]

    assert address_is_allowed("10.20.3.4")
    assert not address_is_allowed("10.21.3.4")


def test_loopback_is_closed_unless_it_was_opened(settings: Settings) -> None:
    with serving(say(b'{"keys": []}')) as url:
        assert fetch_json(url) == {"keys": []}
        settings.ALLOW_LOOPBACK_PLATFORMS = False
        with pytest.raises(PlatformSilent):
            fetch_json(url)


def test_a_redirect_leads_to_no_closed_address(settings: Settings) -> None:
    with serving(say(b"", 302, Location="http://10.0.0.1/")) as url, pytest.raises(PlatformSilent):
        fetch_json(url)


def test_plain_http_is_for_this_machine_only(settings: Settings) -> None:
    settings.PRIVATE_PLATFORM_NETWORKS = ["10.20.0.0/16"]

    assert http._is_allowed_loopback("127.0.0.1")
    assert not http._is_allowed_loopback("93.184.215.14")
    assert not http._is_allowed_loopback("10.20.3.4")


@pytest.mark.parametrize(
    "answer", [say(b"<html>"), say(b"{}", 404), say(b"\xff")], ids=["html", "404", "bytes"]
)
def test_what_is_no_json_document_is_silence(answer: Answer) -> None:
    with serving(answer) as url, pytest.raises(PlatformSilent):
        fetch_json(url)


def test_a_document_without_end_is_cut_off() -> None:
    with serving(say(b"[" + b"1," * http.MAX_BYTES)) as url, pytest.raises(PlatformSilent):
        fetch_json(url)


def test_a_slow_platform_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.2)
    started = time.monotonic()

    with serving(lambda handler: time.sleep(1.5)) as url, pytest.raises(PlatformSilent):
        fetch_json(url)
    assert time.monotonic() - started < 4


def test_a_platform_that_sends_a_byte_now_and_then_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "ANSWER_SECONDS", 0.3)
    started = time.monotonic()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        say(b"[")(handler)
        with suppress(OSError):
            for _ in range(60):
                handler.wfile.write(b" ")
                time.sleep(0.05)

    with serving(drip) as url, pytest.raises(PlatformSilent):
        fetch_json(url)
    assert time.monotonic() - started < 2


def test_a_body_that_breaks_off_is_silence() -> None:
    with serving(say(b"[1", 200, **{"Content-Length": "100"})) as url, pytest.raises(PlatformSilent):
        fetch_json(url)


def test_a_packed_body_is_unpacked_and_bounded_by_what_it_unpacks_to() -> None:
    with serving(say(gzip.compress(b'{"keys": []}'), 200, **{"Content-Encoding": "gzip"})) as url:
        assert fetch_json(url) == {"keys": []}
    bomb = gzip.compress(b" " * (http.MAX_BYTES + 1))
    with serving(say(bomb, 200, **{"Content-Encoding": "gzip"})) as url, pytest.raises(PlatformSilent):
        fetch_json(url)


def test_we_say_who_asks() -> None:
    seen: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["User-Agent"])
        say(b"{}")(handler)

    with serving(answer) as url:
        fetch_json(url)
    assert seen == [http.USER_AGENT]


def test_a_question_carries_its_token_and_its_document() -> None:
    seen: list[object] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        seen.extend([handler.command, handler.headers["Authorization"], json.loads(body)])
        say(b'{"client_id": "c1"}', 201)(handler)

    with serving(answer) as url:
        said = ask(url, bearer="t1", document={"a": 1})
    assert seen == ["POST", "Bearer t1", {"a": 1}]
    assert said.is_good
    assert said.document() == {"client_id": "c1"}


def test_a_token_follows_no_redirect() -> None:
    with serving(say(b"", 302, Location="/elsewhere")) as url:
        said = ask(url, bearer="t1")
    assert (said.status, said.is_good) == (302, False)


def test_an_answer_without_end_is_silence() -> None:
    with serving(say(b"x" * (http.MAX_BYTES + 1), 400)) as url, pytest.raises(PlatformSilent):
        ask(url)


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b"[" * 100_000])
def test_an_answer_that_is_no_json_is_told_as_such(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Said(200, {}, body).document()
