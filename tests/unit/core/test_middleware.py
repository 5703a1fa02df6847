"""Cookies, frame policy and refusals as they leave the house."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from lti_tool.core.errors import BadInput, SlowDown
from lti_tool.core.middleware import FramePolicy, PartitionedCookies, Refusals


def _through(response: HttpResponse) -> str:
    PartitionedCookies(lambda request: response)(HttpRequest())
    return response.cookies.output(header="")


def test_a_cross_site_cookie_is_partitioned() -> None:
    response = HttpResponse()
    response.set_cookie("a", "b;c", max_age=5, path="/lti/", secure=True, httponly=True, samesite="None")

    cookie = _through(response)

    assert cookie.endswith("; Partitioned")
    for part in ('a="b\\073c"', "Max-Age=5", "Path=/lti/", "Secure", "HttpOnly", "SameSite=None"):
        assert part in cookie


def test_a_cross_site_cookie_is_deleted_from_its_partition() -> None:
    response = HttpResponse()
    response.set_cookie("a", "", max_age=0, secure=True, samesite="None")

    assert "Max-Age=0" in _through(response)
    assert "Partitioned" in _through(response)


def test_a_cookie_of_our_own_site_stays_as_it_is() -> None:
    response = HttpResponse()
    response.set_cookie("a", "b", samesite="Lax")

    assert "Partitioned" not in _through(response)


def test_the_camera_is_ours_alone() -> None:
    response = FramePolicy(lambda request: HttpResponse())(HttpRequest())

    assert response.headers["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=()"


def test_a_page_posts_its_forms_to_us_and_where_its_view_says() -> None:
    request = HttpRequest()
    request.form_origins = ["https://platform.example"]  # type: ignore[attr-defined]

    response = FramePolicy(lambda request: HttpResponse())(request)

    assert response._csp_replace == {"form-action": ["https://platform.example"]}  # type: ignore[attr-defined]


def test_an_unknown_page_may_not_be_framed_unless_it_only_refuses(client: Client) -> None:
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]
    refused = client.get("/lti/launch/")
    assert "frame-ancestors *" in refused.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in refused.headers


def _refused(error: Exception, accept: str) -> HttpResponse | None:
    request = RequestFactory().get("/", headers={"accept": accept})
    return Refusals(lambda request: HttpResponse()).process_exception(request, error)


def test_a_script_reads_a_refusal_as_json() -> None:
    response = _refused(BadInput("Too large."), "application/json")

    assert response is not None
    assert response.status_code == 400
    assert json.loads(response.content) == {
        "error": "bad_input",
        "message": "Too large.",
        "next_step": "Go back to your course and open Attune again.",
    }


@pytest.mark.parametrize("accept", ["text/html,*/*;q=0.8", "*/*", "image/png"])
def test_everybody_else_reads_a_page(accept: str) -> None:
    response = _refused(BadInput("Too large."), accept)

    assert response is not None
    assert b"Too large." in response.content


def test_slow_down_says_when_to_come_back() -> None:
    response = _refused(SlowDown(retry_after_s=7), "application/json")

    assert response is not None
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "7"


def test_what_is_no_refusal_goes_on_as_our_own_fault() -> None:
    assert _refused(ValueError("x"), "text/html") is None


def test_a_static_file_is_closed_like_a_page(client: Client, settings: Settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True  # nobody collected any for these tests
    settings.WHITENOISE_AUTOREFRESH = True
    answer = client.get("/static/img/mark.svg")

    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
