"""Launches in a frame that keeps no cookies: the platform keeps the state, and brings it back once."""

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from lti_tool.core.carried import LOCATION_HEADER, SESSION_HEADER
from lti_tool.lti.models import Launch, LoginAttempt, Registration
from lti_tool.lti.state_proof import STATE_HEADER, state_name
from tests.conformance.visitor import Visitor

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse

OIDC = "LTI OIDC Login with LTI Client Side postMessages 0.1"
STORAGE = "LTI postMessage Storage 0.1"
HOSTILE = "\"'><script>alert(1)</script>{{ 7 }}"
FRAMES = ["iframe", "frame", "embed", "object"]


class Page(HTMLParser):
    """What a page's script reads of it, and what it would send."""

    def __init__(self, response: "TestResponse") -> None:
        super().__init__()
        self.data: dict[str, str | None] = {}
        self.fields: dict[str, str | None] = {}
        self.scripts: list[str] = []
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.data |= {name: value for name, value in attrs if name.startswith("data-")}
        if tag == "input" and attributes.get("name"):
            self.fields[str(attributes["name"])] = attributes.get("value")
        if tag == "script":
            self.scripts.append(attributes.get("src") or "")


class Frame:
    """A frame on the platform's page, in a browser that keeps no cookie there."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.client = visitor, visitor.client
        self.launch = visitor.platform.launch("student")

    def log_in(self, *, dest: str = "iframe", **fields: str | None) -> "TestResponse":
        sent = {**self.launch.login_parameters(), **fields}
        sent = {name: value for name, value in sent.items() if value is not None}
        response = self.client.post("/lti/login/", sent, headers={"Sec-Fetch-Dest": dest})
        self.client.cookies.clear()
        return response

    def answer(self, page: Page) -> dict[str, str]:
        """The platform's form, after the page has gone on to it."""
        request = dict(parse_qsl(urlsplit(str(page.data["data-onward"])).query))
        return self.visitor.platform.answer(self.launch, request)

    def come_back(self, form: dict[str, str], **headers: str) -> "TestResponse":
        return self.client.post("/lti/launch/", form, headers=headers)


@pytest.fixture
def frame(visitor: Visitor) -> Frame:
    return Frame(visitor)


@pytest.fixture
def form(frame: Frame) -> dict[str, str]:
    """The platform's answer to a login whose state it keeps."""
    return frame.answer(Page(frame.log_in()))


def _refused(response: "TestResponse", reason: str) -> bool:
    return response.status_code == 403 and f"launch_refused.{reason}" in response.content.decode()


@pytest.mark.spec(OIDC, "2")
@pytest.mark.parametrize("dest", FRAMES)
def test_in_a_frame_the_login_tells_the_page_what_to_keep_and_where(frame: Frame, dest: str) -> None:
    response = frame.log_in(dest=dest, lti_storage_target="keeper")

    page = Page(response)
    state = str(page.data["data-state"])
    assert response.status_code == 200
    assert f"state={state}" in str(page.data["data-onward"])
    assert page.data["data-name"] == state_name(state)
    assert page.data["data-storage-target"] == LoginAttempt.objects.get().storage_target == "keeper"
    assert page.data["data-platform-origin"] == frame.visitor.platform.issuer
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.spec(STORAGE, "3.1")
@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Sign-In.College.example:443/auth?tenant=7", "https://sign-in.college.example"),
        ("https://college.example:8443/auth", "https://college.example:8443"),
    ],
)
def test_the_origin_is_that_of_the_login_address_as_a_browser_writes_it(
    frame: Frame, registration: Registration, address: str, origin: str
) -> None:
    Registration.objects.update(auth_login_url=address)

    assert Page(frame.log_in()).data["data-platform-origin"] == origin


def test_the_new_tab_sends_the_same_login_once_more(frame: Frame) -> None:
    sent = frame.launch.login_parameters()

    response = frame.log_in()

    fields = Page(response).fields
    assert fields == sent
    again = Client().post("/lti/login/", fields, headers={"Sec-Fetch-Dest": "document"})
    assert again.status_code == 302


def test_from_the_new_tab_the_browser_may_go_on_to_every_page_of_the_platform(
    frame: Frame, registration: Registration
) -> None:
    """A browser checks each step that follows a form: the door of a cloud leads on to the school."""
    Registration.objects.update(
        auth_login_url="https://sso.cloud.example/auth", frame_origins=["https://school.cloud.example"]
    )

    policy = frame.log_in().headers["Content-Security-Policy"]

    (allowed,) = [part for part in policy.split("; ") if part.startswith("form-action ")]
    assert {"'self'", "https://sso.cloud.example", "https://school.cloud.example"} <= set(allowed.split())
    assert "frame-ancestors https://school.cloud.example" in policy


@pytest.mark.parametrize("name", ["login_hint", "lti_message_hint", "lti_storage_target", "unknown"])
def test_hostile_characters_of_a_login_stay_text(frame: Frame, name: str) -> None:
    response = frame.log_in(**{name: HOSTILE})

    page = Page(response)
    assert page.fields[name] == HOSTILE
    assert all(source.startswith("/static/") for source in page.scripts)
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("dest", ["document", "empty", ""])
def test_who_is_in_no_frame_goes_on_at_once(frame: Frame, dest: str) -> None:
    assert frame.log_in(dest=dest).status_code == 302


def test_who_has_shown_a_cookie_goes_on_at_once(frame: Frame) -> None:
    frame.client.cookies[settings.SESSION_COOKIE_NAME] = "any"

    assert frame.log_in().status_code == 302


@pytest.mark.spec(OIDC, "2")
def test_without_a_cookie_the_platform_is_asked_and_nothing_is_spent(
    frame: Frame, form: dict[str, str]
) -> None:
    response = frame.come_back(form)

    page = Page(response)
    assert response.status_code == 200
    assert page.data["data-name"] == state_name(form["state"])
    assert page.data["data-storage-target"] == "_parent"
    assert page.data["data-platform-origin"] == frame.visitor.platform.issuer
    assert page.data["data-state-header"] == STATE_HEADER
    assert page.fields == {"state": form["state"], "id_token": form["id_token"], "platform_asked": "yes"}
    assert (LoginAttempt.objects.count(), Launch.objects.count(), Session.objects.count()) == (1, 0, 0)
    assert f"frame-ancestors {frame.visitor.platform.issuer}" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.spec(OIDC, "2")
def test_with_the_state_that_the_platform_kept_the_launch_goes_on(frame: Frame, form: dict[str, str]) -> None:
    asked = {name: str(value) for name, value in Page(frame.come_back(form)).fields.items()}

    response = frame.come_back(asked, **{STATE_HEADER: form["state"], SESSION_HEADER: "new"})

    launch = Launch.objects.get()
    assert response.status_code == 204
    assert response.headers[LOCATION_HEADER] == f"/l/{launch.public_id}/"
    assert not LoginAttempt.objects.exists()
    assert not frame.client.cookies
    opened = _page(launch, response.headers[SESSION_HEADER])
    assert opened.status_code == 204
    assert opened.headers[LOCATION_HEADER].startswith(f"/l/{launch.public_id}/")


@pytest.mark.parametrize("key", ["new", "", "planted-by-somebody-else-0000000"])
def test_a_launch_opens_for_the_key_that_it_made_alone(frame: Frame, form: dict[str, str], key: str) -> None:
    made = frame.come_back(form, **{STATE_HEADER: form["state"], SESSION_HEADER: key})

    assert made.headers[SESSION_HEADER] != key
    assert _refused_page(_page(Launch.objects.get(), key))


@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.1.3")
def test_a_state_is_spent_once(frame: Frame, form: dict[str, str]) -> None:
    proof = {STATE_HEADER: form["state"], SESSION_HEADER: "new"}
    frame.come_back(form, **proof)

    assert _refused(frame.come_back(form, **proof), "attempt_spent")
    assert Launch.objects.count() == 1


@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.1.3")
@pytest.mark.parametrize("shown", ["another", "", " ", "ü"])
def test_another_state_than_the_one_that_came_back_is_refused(
    frame: Frame, form: dict[str, str], shown: str
) -> None:
    response = frame.come_back(form, **{STATE_HEADER: shown, SESSION_HEADER: "new"})

    assert _refused(response, "state_mismatch")
    assert (LoginAttempt.objects.count(), Launch.objects.count()) == (1, 0)


def test_the_state_of_another_login_of_this_browser_is_refused(frame: Frame, form: dict[str, str]) -> None:
    other = str(Page(frame.log_in()).data["data-state"])

    assert _refused(frame.come_back(form, **{STATE_HEADER: other}), "state_mismatch")


def test_a_platform_that_kept_nothing_is_asked_once_and_the_person_reads_why(
    frame: Frame, form: dict[str, str]
) -> None:
    response = frame.come_back({**form, "platform_asked": "yes"})

    assert _refused(response, "cookie_missing")
    assert b"What you can do" in response.content
    assert LoginAttempt.objects.count() == 1


@pytest.mark.parametrize("target", [None, "", "x" * 300])
def test_without_a_place_to_keep_it_a_launch_without_cookies_is_refused(
    frame: Frame, target: str | None
) -> None:
    page = Page(frame.log_in(lti_storage_target=target))
    assert page.data["data-storage-target"] == LoginAttempt.objects.get().storage_target == ""

    assert _refused(frame.come_back(frame.answer(page)), "cookie_missing")


def test_a_state_that_nobody_knows_is_asked_of_no_platform(frame: Frame, form: dict[str, str]) -> None:
    assert _refused(frame.come_back({**form, "state": "unknown"}), "cookie_missing")


def test_a_login_that_took_too_long_is_asked_of_no_platform(frame: Frame, form: dict[str, str]) -> None:
    LoginAttempt.objects.update(expires_at=LoginAttempt.objects.get().created_at)

    assert _refused(frame.come_back(form), "cookie_missing")


def test_hostile_characters_of_a_token_stay_text(frame: Frame, form: dict[str, str]) -> None:
    response = frame.come_back({**form, "id_token": HOSTILE})

    page = Page(response)
    assert page.fields["id_token"] == HOSTILE
    assert all(source.startswith("/static/") for source in page.scripts)
    assert b"<script>alert" not in response.content


def test_who_has_a_cookie_of_this_login_needs_no_platform(visitor: Visitor) -> None:
    frame = Frame(visitor)
    fields, dest = frame.launch.login_parameters(), {"Sec-Fetch-Dest": "iframe"}
    page = Page(visitor.client.post("/lti/login/", fields, headers=dest))

    assert frame.come_back(frame.answer(page)).status_code == 302


def test_a_form_of_a_carried_launch_needs_its_token(frame: Frame, form: dict[str, str]) -> None:
    made = frame.come_back(form, **{STATE_HEADER: form["state"], SESSION_HEADER: "new"})
    key = {SESSION_HEADER: made.headers[SESSION_HEADER]}
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})
    launch = Launch.objects.get().public_id
    tab = f"/lti/new-tab/{launch}/"

    assert strict.post(tab, headers=key).status_code == 403
    page = strict.get(f"/lti/invitation/{launch}/", headers=key)
    token = str(Page(page).fields["csrfmiddlewaretoken"])
    assert strict.post(tab, {"csrfmiddlewaretoken": token}, headers=key).status_code == 200
    assert strict.post(tab, {"csrfmiddlewaretoken": token}).status_code == 403


def _page(launch: Launch, key: str) -> "TestResponse":
    return Client(headers={"host": "localhost:8000"}).get(
        f"/l/{launch.public_id}/", headers={SESSION_HEADER: key}
    )


def _refused_page(response: "TestResponse") -> bool:
    return response.status_code == 403 and b"launch_missing" in response.content
