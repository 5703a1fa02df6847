"""A launch belongs to the browser that made it, and ends."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from lti_tool.core.clock import now
from lti_tool.lti.models import Launch, Registration
from tests.conformance.visitor import Visitor

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse


def test_two_tabs_keep_separate_launches(visitor: Visitor) -> None:
    first = _opened(visitor.launch("student"))
    second = _opened(visitor.launch("instructor"))

    assert first != second
    assert _page(visitor.client, first).status_code == 201
    assert _page(visitor.client, second).status_code == 201


def test_on_a_shared_computer_the_next_student_closes_the_pages_of_the_one_before(visitor: Visitor) -> None:
    first = _opened(visitor.launch("student-01"))
    second = _opened(visitor.launch("student-02"))

    assert _page(visitor.client, first).json()["error"] == "launch_missing"
    assert _page(visitor.client, second).status_code == 201


def test_one_student_may_have_two_tabs(visitor: Visitor) -> None:
    pages = [_opened(visitor.launch("student")) for _ in range(2)]

    assert [_page(visitor.client, page).status_code for page in pages] == [201, 201]


def test_who_is_no_student_closes_no_page(visitor: Visitor) -> None:
    """As in the demonstration: everybody in one browser."""
    pages = [_opened(visitor.launch(person)) for person in ("student", "instructor", "counselor", "student")]

    assert [_page(visitor.client, page).status_code for page in pages] == [201] * 4


def test_the_session_ends_with_the_browser_and_outlives_its_launches(visitor: Visitor) -> None:
    visitor.launch("student")

    cookie = visitor.client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert Session.objects.get().expire_date > Launch.objects.get().expires_at + timedelta(minutes=50)


def test_a_form_of_a_launch_that_is_over_says_so_even_without_its_session(visitor: Visitor) -> None:
    public_id = _opened(visitor.launch("student"))
    without_cookies = Client(enforce_csrf_checks=True)
    assert _page(without_cookies, public_id).json()["error"] == "form_expired"

    Launch.objects.update(expires_at=now())

    assert _page(without_cookies, public_id).json()["error"] == "launch_expired"


def test_another_browser_cannot_use_a_launch(visitor: Visitor) -> None:
    public_id = _opened(visitor.launch("student"))

    response = _page(Client(), public_id)

    assert response.status_code == 403
    assert response.json()["error"] == "launch_missing"


def test_a_launch_ends(visitor: Visitor) -> None:
    public_id = _opened(visitor.launch("student"))
    Launch.objects.update(expires_at=now())

    assert _page(visitor.client, public_id).json()["error"] == "launch_expired"


def test_a_session_that_was_planted_is_not_used(visitor: Visitor) -> None:
    visitor.client.session.save()
    planted = visitor.client.session.session_key

    visitor.launch("student")

    assert visitor.client.cookies[settings.SESSION_COOKIE_NAME].value != planted


def test_a_page_under_a_launch_may_be_framed_by_its_platform_only(
    visitor: Visitor, registration: Registration
) -> None:
    response = _page(visitor.client, _opened(visitor.launch("student")))

    policy = response.headers["Content-Security-Policy"]
    assert f"frame-ancestors {registration.frame_origins[0]};" in f"{policy};"
    assert "'unsafe-inline'" not in policy


def _opened(response: "TestResponse") -> str:
    assert response.status_code == 302
    return str(response.headers["Location"]).split("/")[2]


def _page(browser: Client, public_id: str) -> "TestResponse":
    return browser.post(f"/lti/new-tab/{public_id}/", headers={"accept": "application/json"})
