"""A session whose key travels in a header: who gets in with it, and where it never appears."""

import logging
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from lti_tool.core.carried import LOCATION_HEADER, SESSION_HEADER

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

UNKNOWN = ["new", "", "x" * 32, "planted-by-somebody-else-0000000", "'; --", "\x00" * 32, "k" * 5000]


@csrf_exempt
def count(request: HttpRequest) -> HttpResponse:
    request.session["count"] = request.session.get("count", 0) + 1
    return HttpResponse(request.session["count"])


def read(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.session.get("count", 0))


def untouched(request: HttpRequest) -> HttpResponse:
    return HttpResponse("No session was asked for.")


def onward(request: HttpRequest) -> HttpResponse:
    request.session.cycle_key()
    return HttpResponseRedirect("/read/?of=this#part")


def end(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponse()


def fault(request: HttpRequest) -> HttpResponse:
    request.session["count"] = 99
    raise ValueError("A fault of ours.")


def meanwhile_ended(request: HttpRequest) -> HttpResponse:
    request.session["count"] = 99
    Session.objects.all().delete()
    return HttpResponse()


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken" if request.method == "POST" else get_token(request))


VIEWS = (count, read, untouched, onward, end, fault, meanwhile_ended, form)
urlpatterns = [path(f"{view.__name__}/", view) for view in VIEWS]


class Carrier:
    """What the page's script does, in few words."""

    def __init__(self, client: Client | None = None, key: str = "new") -> None:
        self.client = client or Client(raise_request_exception=False, enforce_csrf_checks=True)
        self.key = key

    def get(self, name: str) -> "TestResponse":
        return self._heard(self.client.get(f"/{name}/", headers={SESSION_HEADER: self.key}))

    def post(self, name: str, **headers: str) -> "TestResponse":
        return self._heard(self.client.post(f"/{name}/", headers={SESSION_HEADER: self.key, **headers}))

    def _heard(self, response: "TestResponse") -> "TestResponse":
        self.key = response.headers.get(SESSION_HEADER, self.key)
        return response


@pytest.fixture
def carrier() -> Carrier:
    carrier = Carrier()
    carrier.get("count")
    return carrier


def test_the_key_that_was_handed_out_opens_the_session(carrier: Carrier) -> None:
    assert [carrier.get("count").content, carrier.get("read").content] == [b"2", b"2"]
    assert Session.objects.get().session_key == carrier.key


@pytest.mark.parametrize("planted", UNKNOWN)
def test_a_key_that_nobody_knows_opens_an_empty_session_under_another(planted: str) -> None:
    carrier = Carrier(key=planted)

    assert carrier.get("count").content == b"1"
    assert carrier.key != planted
    assert Session.objects.get().session_key == carrier.key


def test_no_cookie_is_set_whatever_happens(carrier: Carrier) -> None:
    for view in VIEWS:
        carrier.get(view.__name__)

    assert not carrier.client.cookies


def test_where_a_cookie_is_brought_too_the_header_counts(carrier: Carrier) -> None:
    browser = Client()
    browser.get("/count/")
    both = Carrier(browser, carrier.key)

    assert both.get("count").content == b"2"
    assert browser.get("/read/").content == b"1"


def test_without_the_header_the_cookie_works_as_ever() -> None:
    browser = Client()

    response = browser.get("/onward/")

    assert (response.status_code, response.headers["Location"]) == (302, "/read/?of=this#part")
    assert SESSION_HEADER not in response.headers
    assert settings.SESSION_COOKIE_NAME in browser.cookies


def test_a_redirect_becomes_an_answer_that_names_the_way_and_the_new_key(carrier: Carrier) -> None:
    before = carrier.key

    response = carrier.get("onward")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers[LOCATION_HEADER] == "/read/?of=this#part"
    assert "Location" not in response.headers
    assert carrier.key != before
    assert carrier.get("read").content == b"1"
    assert Carrier(key=before).get("read").content == b"0"


@pytest.mark.parametrize("name", ["count", "onward", "read", "untouched"])
def test_nobody_on_the_way_keeps_an_answer_of_a_carried_session(carrier: Carrier, name: str) -> None:
    response = carrier.get(name)

    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
    assert SESSION_HEADER in response.headers["Vary"]


def test_an_answer_that_changed_nothing_hands_out_no_key(carrier: Carrier) -> None:
    assert SESSION_HEADER not in carrier.get("read").headers


def test_a_session_that_ended_opens_nothing_any_more(carrier: Carrier) -> None:
    carrier.get("end")

    assert carrier.get("read").content == b"0"
    assert not Session.objects.exists()


def test_a_session_that_ended_during_the_request_is_no_fault_of_ours(carrier: Carrier) -> None:
    assert carrier.get("meanwhile_ended").status_code == 400
    assert not Session.objects.exists()


def test_a_fault_stores_nothing_and_writes_no_key_into_the_log(
    carrier: Carrier, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert carrier.get("fault").status_code == 500

    formatter = logging.Formatter("%(message)s")
    assert "A fault of ours." in (written := "\n".join(map(formatter.format, caplog.records)))
    assert carrier.key not in written
    assert carrier.get("read").content == b"1"


def test_a_form_needs_the_token_of_its_session(carrier: Carrier) -> None:
    assert carrier.post("form").status_code == 403
    assert carrier.post("form", **{"X-CSRFToken": "a" * 32}).status_code == 403
    of_another = Carrier().get("form").content.decode()
    assert carrier.post("form", **{"X-CSRFToken": of_another}).status_code == 403

    token = carrier.get("form").content.decode()
    assert carrier.post("form", **{"X-CSRFToken": token}).content == b"taken"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_form_of_another_site_is_refused_even_with_key_and_token(carrier: Carrier, origin: str) -> None:
    token = carrier.get("form").content.decode()

    assert carrier.post("form", **{"X-CSRFToken": token, "Origin": origin}).status_code == 403
    assert carrier.post("form", **{"X-CSRFToken": token, "Origin": "http://testserver"}).content == b"taken"


@pytest.mark.parametrize("name", ["count", "form"])
def test_no_other_site_is_told_that_it_may_send_the_header(carrier: Carrier, name: str) -> None:
    """A browser asks before it lets another site's script send one, and goes on only if it is told so."""
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": SESSION_HEADER.lower(),
    }
    for response in (carrier.client.options(f"/{name}/", headers=asked), carrier.post(name, **asked)):
        assert not [header for header in response.headers if header.startswith("Access-Control-")]
