"""Refuse over-long request bodies before Django buffers them. Knows no URL and no student.

Django's ASGI handler lets a large body roll over to a temporary file, in clear. Pictures of a face must not
lie on a disk, so a body that could not be a snippet is refused while it arrives, and smaller ones stay in
memory (settings.FILE_UPLOAD_MAX_MEMORY_SIZE is above this bound).
"""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Each server types the three in its own way.
Application = Callable[[Any, Any, Any], Awaitable[None]]

REFUSAL = json.dumps(
    {
        "error": "body_too_large",
        "message": "What was sent is too large. Nothing was stored.",
        "next_step": "Reload the page and start again.",
    }
).encode()


class BodyTooLarge(Exception):
    """The body went over the bound while it arrived."""


class BoundedBodies:
    """An ASGI application around another: bodies over `limit` bytes are answered with 413."""

    def __init__(self, inner: Application, *, limit: int) -> None:
        self.inner = inner
        self.limit = limit

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Count what arrives; what is announced as too long is not read at all."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
        elif _announced(scope) > self.limit:
            await _refuse(send)
        else:
            try:
                await self.inner(scope, self._counted(receive), send)
            except BodyTooLarge:
                await _refuse(send)

    def _counted(self, receive: Receive) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit:
                raise BodyTooLarge
            return message

        return counted


def _announced(scope: Message) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})
