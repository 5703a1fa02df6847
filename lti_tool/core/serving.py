"""Django behind ASGI, every request on one thread of a fixed few. Knows no address and no view.

Django's own handler starts a thread for each request, and with it a connection to the database, and crosses
between that thread and the event loop several times: most of what a request cost (docs/PERFORMANCE.md).
That serves asynchronous views, and this house has none.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import IO, Any, cast

from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix
from django.utils import translation

# ASGI's own shapes; each server types them in its own way.
Scope = Any
Receive = Any
Send = Any
Message = dict[str, Any]


class ThreadedHandler(ASGIHandler):
    """An ASGI application. `threads` bounds the requests, and the database connections, of one process."""

    def __init__(self, *, threads: int) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    def load_middleware(self, is_async: bool = False) -> None:
        """As for a server without an event loop."""
        super().load_middleware(is_async=False)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the body in, have it answered, send the answer."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        answering = asyncio.get_running_loop().run_in_executor(self._threads, self._answer, scope, body)
        for message in await answering:
            await send(message)

    def _answer(self, scope: Scope, body: IO[bytes]) -> list[Message]:
        # Begin and end on the same thread: the two signals look after the connection, which belongs to it.
        with body:
            translation.deactivate()  # the thread may have answered somebody who reads another language
            set_script_prefix(get_script_prefix(scope))
            request_started.send(sender=type(self), scope=scope)
            request, unreadable = self.create_request(scope, body)
            with closing(unreadable or self.get_response(cast(HttpRequest, request))) as response:
                return list(_messages(response))


def _messages(response: HttpResponseBase) -> Iterator[Message]:
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    cookies = [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
    yield {"type": "http.response.start", "status": response.status_code, "headers": headers + cookies}
    yield {"type": "http.response.body", "body": b"".join(response)}
