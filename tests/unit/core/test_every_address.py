"""What holds for every address that the web process answers: found by walking the resolver, none left out."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter
from django.urls.resolvers import RegexPattern
from pytest_django import Settings

from lti_tool.lti.models import Context
from tests.factories import Browser, consenting, enter, make_context

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

NAMED = {"purpose": "camera"}
"""What is put into a group of a regular expression, by its name; elsewhere it is an application's label."""

METHODS = ("get", "head", "options", "post", "put", "patch", "delete", "trace")

EXEMPT = {
    "lti:login": "comes from the platform's site; answers with a state that it binds to this browser",
    "lti:launch": "comes from the platform's site; the state cookie stands in for a token",
    "lti:notices": "comes from a machine without a session, believed by its signature",
    "lti:register": "the secret in its address is its only power, no cookie adds any",
    "lti:invitation_at_the_door": "the signed pass in its form is its only power, no cookie adds any",
}
CACHED = {
    "lti:jwks": "public keys",
    "lti:configuration": "public addresses",
    "lti:configuration_document": "public addresses",
    "demo:sample-clip": "a clip of nobody, in the demonstration only",
    "home": "the same for everybody",
    "healthz": "the same for everybody",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver, under its name."""

    name: str
    parameters: dict[str, object]
    pattern: URLPattern

    def path(self, **known: object) -> str:
        return reverse(
            self.name, kwargs=self.parameters | {k: v for k, v in known.items() if k in self.parameters}
        )

    @property
    def is_launched(self) -> bool:
        return "launch" in self.parameters


def _value(converter: object) -> object:
    if isinstance(converter, UUIDConverter):
        return uuid.uuid4()
    if isinstance(converter, IntConverter):
        return 1
    return "some-word" if isinstance(converter, SlugConverter) else "1"


def walk(resolver: URLResolver, space: str = "", above: dict[str, object] | None = None) -> Iterator[Address]:
    for found in resolver.url_patterns:
        parameters = (above or {}) | {name: _value(c) for name, c in found.pattern.converters.items()}
        if isinstance(found.pattern, RegexPattern):
            parameters |= {name: NAMED.get(name, "lti") for name in found.pattern.regex.groupindex}
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from walk(found, inner, parameters)
        elif found.name:
            yield Address(f"{space}{found.name}", parameters, found)


def _every() -> list[Address]:
    everything = {address.name: address for address in walk(get_resolver())}
    # Taken apart by words of a path; admin's own tests look at them.
    return [address for name, address in sorted(everything.items()) if name != "admin:view_on_site"]


EVERY = _every()
OURS = [address for address in EVERY if not address.name.startswith("admin:")]
each = pytest.mark.parametrize("address", EVERY, ids=lambda address: address.name)
each_of_ours = pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)


@pytest.fixture
def course() -> Context:
    return make_context()


@pytest.fixture
def student(course: Context) -> Browser:
    browser = enter(consenting(course), course)
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def administrator() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("ruth"))
    return client


def ask(address: Address, method: str, student: Browser, administrator: Client) -> "Answer":
    client = administrator if address.name.startswith("admin:") else student
    answer: Answer = getattr(client, method)(address.path(launch=student.launch.public_id))
    return answer


def directives(answer: "Answer") -> dict[str, list[str]]:
    policy = answer.headers["Content-Security-Policy"]
    return {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}


def test_the_walk_finds_every_room() -> None:
    assert len(OURS) >= 25
    assert {name.split(":")[0] for name in (address.name for address in EVERY)} >= {
        "admin", "lti", "dashboards", "consent", "capture", "wellbeing", "privacy", "demo",
    }  # fmt: skip


@each
def test_every_answer_to_every_method_is_closed(
    address: Address, student: Browser, administrator: Client
) -> None:
    for method in METHODS:
        answer = ask(address, method, student, administrator)

        policy = directives(answer)
        assert answer.status_code < 500, method
        assert policy["default-src"] == ["'self'"]
        assert policy["object-src"] == policy["base-uri"] == ["'none'"]
        assert "frame-ancestors" in policy
        assert "form-action" in policy
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "script-src" not in policy, "scripts come from us alone, as everything does"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] in {"strict-origin", "same-origin", "no-referrer"}
        assert answer.headers["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=()"
        assert "Server" not in answer.headers
        assert "X-Powered-By" not in answer.headers


@each
def test_what_belongs_to_somebody_is_kept_by_no_browser(
    address: Address, student: Browser, administrator: Client
) -> None:
    answer = ask(address, "get", student, administrator)
    if answer.status_code == 200 and address.name not in CACHED:
        assert "no-store" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]
    if answer.status_code == 200 and address.is_launched:
        assert "no-store" in answer.headers["Cache-Control"]


@each
def test_a_page_is_framed_by_its_platform_alone(
    address: Address, student: Browser, administrator: Client
) -> None:
    answer = ask(address, "get", student, administrator)
    if answer.status_code == 200 and address.name != "lti:register":
        mine = (
            student.launch.context.deployment.registration.frame_origins
            if address.is_launched
            else ["'none'"]
        )
        assert directives(answer)["frame-ancestors"] == mine


@each
def test_every_post_wants_its_token_or_has_a_reason(address: Address, student: Browser) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = student.cookies
    if address.name.startswith("admin:"):
        strict.force_login(User.objects.create_superuser("ruth"))

    answer = strict.post(address.path(launch=student.launch.public_id))

    is_exempt = getattr(address.pattern.callback, "csrf_exempt", False)
    assert is_exempt == (address.name in EXEMPT)
    if not is_exempt:
        assert answer.status_code in {403, 405}
        assert answer.status_code == 405 or b"form_expired" in answer.content


@each_of_ours
def test_a_method_that_means_nothing_here_is_told_so_and_changes_nothing(
    address: Address, student: Browser
) -> None:
    for method in ("put", "patch", "delete", "trace"):
        answer = getattr(student, method)(address.path(launch=student.launch.public_id))
        # The launch answers whatever is no form with a page that says where to open Attune.
        assert answer.status_code in ({403} if address.name == "lti:launch" else {405, 403})


@each_of_ours
def test_a_head_is_its_get_without_a_body(address: Address, student: Browser) -> None:
    path = address.path(launch=student.launch.public_id)
    head, get = student.head(path), student.get(path)
    if head.status_code != 405:
        assert head.status_code == get.status_code
        assert head.content == b""


@each
def test_nobody_is_let_in_without_a_launch_or_an_account(address: Address) -> None:
    stranger = Client(raise_request_exception=False)
    answer = stranger.get(address.path())
    if address.is_launched:
        assert answer.status_code in {403, 405}
    if address.name.startswith("admin:") and address.name != "admin:login":
        assert answer.status_code in {302, 405}
        assert answer.status_code == 405 or answer.headers["Location"].startswith("/admin/")


@each
def test_a_host_that_we_do_not_have_gets_nothing(address: Address) -> None:
    answer = Client(raise_request_exception=False).get(address.path(), headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
    assert "evil.example" not in str(answer.headers)


@each
def test_no_address_sends_a_browser_where_its_query_says(
    address: Address, student: Browser, administrator: Client
) -> None:
    client = administrator if address.name.startswith("admin:") else student
    evil = "https://evil.example/"
    query = dict.fromkeys(["next", "url", "return_url", "redirect", "target_link_uri", "page", "to"], evil)
    path = address.path(launch=student.launch.public_id)

    for answer in (client.get(path, query), client.post(path, query)):
        location = answer.headers.get("Location", "/")
        assert location.startswith("/"), location
        assert not location.startswith("//")


def test_a_forwarded_host_is_not_believed(client: Client, settings: Settings) -> None:
    assert not settings.USE_X_FORWARDED_HOST
    answer = client.get("/lti/config.json", headers={"x-forwarded-host": "evil.example"})
    assert b"evil.example" not in answer.content


def test_an_administrator_who_signs_in_goes_nowhere_else(client: Client) -> None:
    User.objects.create_superuser("ruth", password="a long pass phrase")
    for evil in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        fields = {"username": "ruth", "password": "a long pass phrase", "next": evil}
        answer = Client().post("/admin/login/", fields)
        assert answer.status_code == 302
        assert "evil" not in answer.headers["Location"]
        assert "javascript" not in answer.headers["Location"]
