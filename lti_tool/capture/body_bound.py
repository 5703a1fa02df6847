"""Refuse over-long and dawdling request bodies before Django buffers them. Knows no URL and no student.

Django's ASGI handler lets a large body roll over to a temporary file, in clear. Pictures of a face must not
lie on a disk, so a body that could not be a snippet is refused while it arrives, and smaller ones stay in
memory (settings.FILE_UPLOAD_MAX_MEMORY_SIZE is above this bound). What arrives a byte now and then holds a
connection and its memory, no thread; it, too, has an end.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, ClassVar

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Each server types the three in its own way.
Application = Callable[[Any, Any, Any], Awaitable[None]]


class BodyRefused(Exception):
    """Root: what arrives is not waited for any more.

    In English: nobody knows yet who reads it. The page of the camera has words of its own for the codes.
    """

    status: ClassVar[int]
    code: ClassVar[str]
    message: ClassVar[str]


class BodyTooLarge(BodyRefused):
    """The body went over the bound while it arrived."""

    status = 413
    code = "body_too_large"
    message = "What was sent is too large. Nothing was stored."


class BodyTooSlow(BodyRefused):
    """The body was not complete in time."""

    status = 408
    code = "body_too_slow"
    message = "What was sent took too long to arrive. Nothing was stored."


class BoundedBodies:
    """An ASGI application around another. Refused: bodies over `limit` bytes, or slower than `patience_s`."""

    def __init__(self, inner: Application, *, limit: int, patience_s: float) -> None:
        self.inner = inner
        self.limit = limit
        self.patience_s = patience_s

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Count what arrives; what is announced as too long is not read at all."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
        elif _announced(scope) > self.limit:
            await _refuse(send, BodyTooLarge())
        else:
            try:
                await self.inner(scope, self._bounded(receive), send)
            except BodyRefused as refused:
                await _refuse(send, refused)

    def _bounded(self, receive: Receive) -> Receive:
        seen, until, whole = 0, asyncio.get_running_loop().time() + self.patience_s, False

        async def bounded() -> Message:
            nonlocal seen, whole
            if whole:
                return await receive()
            message = await _before(until, receive)
            seen += len(message.get("body", b""))
            whole = not message.get("more_body")
            if seen > self.limit:
                raise BodyTooLarge
            return message

        return bounded


async def _before(until: float, receive: Receive) -> Message:
    try:
        async with asyncio.timeout_at(until):
            return await receive()
    except TimeoutError:
        raise BodyTooSlow from None


def _announced(scope: Message) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send, refused: BodyRefused) -> None:
    content = {
        "error": refused.code,
        "message": refused.message,
        "next_step": "Reload the page and start again.",
    }
    headers = [
        (b"content-type", b"application/json"),
        (b"x-content-type-options", b"nosniff"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(content).encode()})
