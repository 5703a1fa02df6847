"""The web process answers several requests at a time, on threads that keep their database connection."""

import asyncio
import threading
from typing import Any

import httpx
import pytest
from django.core.signals import request_started
from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from lti_tool.core.serving import ThreadedHandler

TOGETHER = threading.Barrier(2, timeout=20)


def together(_request: HttpRequest) -> HttpResponse:
    """Answered only when two of them are under way."""
    TOGETHER.wait()
    return HttpResponse(b"met")


def streamed(_request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"one ", b"two"]))


@csrf_exempt
def echo(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(request.body, headers={"X-Method": str(request.method)})
    response.set_cookie("seen", "1")
    return response


def fails(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def asks(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(threading.current_thread().name)


urlpatterns = [path(view.__name__, view) for view in (together, streamed, echo, fails, asks)]
handler500 = "lti_tool.core.views.fault"

pytestmark = pytest.mark.urls(__name__)


def answers(*requests: httpx.Request, threads: int = 2) -> list[httpx.Response]:
    """What one process answers to all of them, sent at once."""

    async def ask() -> list[httpx.Response]:
        handler: Any = ThreadedHandler(threads=threads)  # each library types ASGI in its own way
        transport = httpx.ASGITransport(handler)
        async with httpx.AsyncClient(transport=transport) as client:
            return await asyncio.gather(*map(client.send, requests))

    return asyncio.run(ask())


def get(view: str) -> httpx.Request:
    return httpx.Request("GET", f"http://localhost/{view}")


def test_two_requests_are_under_way_at_once() -> None:
    assert [answer.content for answer in answers(get("together"), get("together"))] == [b"met", b"met"]


def test_more_requests_than_threads_wait_their_turn() -> None:
    assert [answer.content for answer in answers(*[get("echo")] * 5, threads=1)] == [b""] * 5


def test_body_headers_and_cookies_arrive() -> None:
    (answer,) = answers(httpx.Request("POST", "http://localhost/echo", content=b"hello"))

    assert answer.content == b"hello"
    assert answer.headers["x-method"] == "POST"
    assert answer.cookies["seen"] == "1"


def test_an_answer_in_pieces_arrives_whole() -> None:
    assert answers(get("streamed"))[0].content == b"one two"


def test_a_fault_of_ours_is_an_answer_too() -> None:
    (answer,) = answers(get("fails"))

    assert answer.status_code == 500
    assert b"Traceback" not in answer.content


@pytest.mark.django_db
def test_a_thread_keeps_its_connection_between_requests() -> None:
    made: list[str] = []

    def note(**_kwargs: object) -> None:
        made.append(threading.current_thread().name)

    connection_created.connect(note)
    try:
        answered = answers(*[get("asks")] * 3, threads=1)
    finally:
        connection_created.disconnect(note)

    assert [answer.status_code for answer in answered] == [200] * 3
    assert made == [answered[0].text]


def test_a_request_begins_in_no_language_of_somebody_before_on_the_same_thread() -> None:
    found: list[str | None] = []

    def look(**_: object) -> None:
        found.append(translation.get_language())

    asked = httpx.Request("GET", "http://localhost/echo", headers={"accept-language": "es"})
    handler: Any = ThreadedHandler(threads=1)

    async def twice() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(handler)) as client:
            await client.send(asked)
            await client.send(asked)

    request_started.connect(look)
    try:
        asyncio.run(twice())
    finally:
        request_started.disconnect(look)
    assert found == ["en", "en"]
