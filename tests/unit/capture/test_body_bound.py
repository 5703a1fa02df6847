"""Bodies over the bound never reach Django, announced or not."""

import asyncio
from collections.abc import Sequence
from typing import Any

from django.conf import LazySettings

from lti_tool.capture.body_bound import BoundedBodies, Message, Receive, Send
from lti_tool.capture.limits import BODY_MAX_BYTES, BODY_MAX_S

LIMIT = 100


PATIENCE_S = 0.2


def answer_to(
    chunks: Sequence[bytes], *headers: tuple[bytes, bytes], each_takes_s: float = 0
) -> tuple[int, int]:
    """The status, and how many bytes the application inside has read."""
    sent: list[Message] = []
    read = 0

    async def inner(_scope: Message, receive: Receive, send: Send) -> None:
        nonlocal read
        while True:
            message = await receive()
            read += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200})

    remaining = list(chunks)

    async def receive() -> Message:
        await asyncio.sleep(each_takes_s)
        body = remaining.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(remaining)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "headers": list(headers)}
    asyncio.run(BoundedBodies(inner, limit=LIMIT, patience_s=PATIENCE_S)(scope, receive, send))
    return sent[0]["status"], read


def test_a_body_inside_the_bound_passes() -> None:
    assert answer_to([b"x" * 60, b"x" * 40]) == (200, 100)


def test_an_announced_body_is_not_read_at_all() -> None:
    assert answer_to([b"x" * 101], (b"content-length", b"101")) == (413, 0)


def test_an_unannounced_body_is_stopped_where_it_goes_over() -> None:
    assert answer_to([b"x" * 60] * 50) == (413, 60)


def test_a_lying_length_does_not_help() -> None:
    assert answer_to([b"x" * 60] * 50, (b"content-length", b"10")) == (413, 60)


def test_a_body_that_comes_byte_by_byte_is_not_waited_for() -> None:
    assert answer_to([b"x"] * 90, each_takes_s=PATIENCE_S / 4)[0] == 408


def test_a_body_that_never_comes_is_not_waited_for() -> None:
    assert answer_to([b"x"], each_takes_s=60) == (408, 0)


def test_an_answer_may_take_longer_than_the_body() -> None:
    """Patience ends with the body: afterwards a server may be asked whether the client is still there."""

    async def inner(_scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        assert (await receive())["type"] == "http.disconnect"
        await send({"type": "http.response.start", "status": 200})

    messages = iter([(0.0, {"type": "http.request"}), (PATIENCE_S * 2, {"type": "http.disconnect"})])
    sent: list[Message] = []

    async def receive() -> Message:
        takes_s, message = next(messages)
        await asyncio.sleep(takes_s)
        return message

    async def send(message: Message) -> None:
        sent.append(message)

    bounded = BoundedBodies(inner, limit=LIMIT, patience_s=PATIENCE_S)
    asyncio.run(bounded({"type": "http", "headers": []}, receive, send))
    assert sent[0]["status"] == 200


def test_an_honest_snippet_on_a_slow_line_is_waited_for() -> None:
    snippet_bytes, bytes_per_s = 300_000, 10_000
    assert snippet_bytes / bytes_per_s <= BODY_MAX_S


def test_django_keeps_every_body_that_passes_in_memory(settings: LazySettings) -> None:
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= BODY_MAX_BYTES
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
