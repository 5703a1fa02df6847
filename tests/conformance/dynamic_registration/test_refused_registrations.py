"""Registrations that must not happen: each is told apart, nothing is recorded, and the link stays good."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from lti_tool.core.clock import now
from lti_tool.lti.models import Registration, RegistrationLink
from tests.conformance.registrar import Registrar, make_link
from tests.platform.platform import Platform
from tests.platform.roster import HTML_NOT_FOUND, Trouble
from tests.platform.server import address_of, listen
from tests.platform.web.registration import PLATFORM_CONFIGURATION

SPEC = "LTI Dynamic Registration 1.0"


def opened_with(registrar: Registrar, configuration: str, token: str = "") -> str:
    """The word for support on the page, for an address that the platform did not make up itself."""
    parameters = {"openid_configuration": configuration, "registration_token": token}
    return word(registrar.client.get(make_link(), parameters))


def word(response: object) -> str:
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode().split("<code>")[1].split("</code>")[0]


@pytest.fixture(autouse=True)
def _nothing_happened(registrar: Registrar) -> object:
    yield
    assert not Registration.objects.exists()
    assert not RegistrationLink.objects.exclude(used_at=None).exists()


@pytest.mark.spec(SPEC, "3.5.1")
def test_an_issuer_of_another_host_is_refused(registrar: Registrar) -> None:
    elsewhere = registrar.platform.configuration_url.replace("127.0.0.1", "localhost")

    assert opened_with(registrar, elsewhere) == "registration_refused.hosts_disagree"


@pytest.mark.spec(SPEC, "2.1.1")
@pytest.mark.parametrize(
    ("described", "obstacle"),
    [
        ({"registration_endpoint": None}, "configuration_incomplete"),
        ({PLATFORM_CONFIGURATION: None}, "configuration_incomplete"),
        ({"jwks_uri": "http://keys.example/jwks"}, "endpoint_refused"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "endpoint_refused"),
        ({"id_token_signing_alg_values_supported": ["HS256"]}, "algorithm_missing"),
    ],
)
def test_a_platform_that_says_too_little_of_itself_is_refused(
    registrar: Registrar, described: dict[str, object], obstacle: str
) -> None:
    registrar.platform.registrations.described.update(described)

    assert word(registrar.open(make_link())) == f"registration_refused.{obstacle}"


@pytest.mark.parametrize(
    ("path", "obstacle"),
    [("/nowhere", "configuration_withheld"), ("/tools/", "configuration_unreadable")],
)
def test_a_configuration_that_is_none_is_refused(registrar: Registrar, path: str, obstacle: str) -> None:
    assert (
        opened_with(registrar, f"{registrar.platform.base_url}{path}") == f"registration_refused.{obstacle}"
    )


@pytest.mark.parametrize("url", ["http://school.example/c", "ftp://x/", "file:///etc/passwd", "http://", "x"])
def test_a_configuration_is_read_by_https_only(registrar: Registrar, url: str) -> None:
    assert opened_with(registrar, url) == "registration_refused.configuration_address_refused"


def test_a_configuration_on_this_machine_is_read_only_where_that_was_opened(
    registrar: Registrar, settings: Settings
) -> None:
    settings.ALLOW_LOOPBACK_PLATFORMS = False

    refused = "registration_refused.configuration_address_refused"
    assert opened_with(registrar, registrar.platform.configuration_url) == refused


def test_a_private_address_hears_nothing(registrar: Registrar, settings: Settings) -> None:
    settings.ALLOW_LOOPBACK_PLATFORMS = False
    with listen() as taken:
        address = address_of(taken).replace("http://", "https://")
        assert opened_with(registrar, f"{address}/c") == "platform_silent"
        connected, _ = taken.accept()
        with connected:
            assert connected.recv(1) == b""


def test_a_platform_that_does_not_answer_is_said_so(registrar: Registrar) -> None:
    with listen() as taken:
        gone = address_of(taken)

    assert opened_with(registrar, f"{gone}/c") == "platform_silent"


@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "ä", "x" * 5000])
def test_a_token_that_is_none_reaches_no_header(registrar: Registrar, token: str) -> None:
    configuration = registrar.platform.configuration_url

    assert opened_with(registrar, configuration, token) == "registration_refused.token_unreadable"


@pytest.mark.spec("RFC 7591", "3.2.2")
def test_a_platform_that_refuses_is_quoted_by_status_and_not_by_word(registrar: Registrar) -> None:
    page = registrar.open(make_link())
    registrar.platform.registrations.trouble.append(Trouble(400, '{"error_description": "secret words"}'))
    refused = registrar.press(page)

    assert word(refused) == "registration_refused.platform_refused"
    assert b"It answered 400." in refused.content
    assert b"secret words" not in refused.content


def test_an_invitation_that_the_platform_does_not_know_is_its_refusal(registrar: Registrar) -> None:
    parameters = {
        "openid_configuration": registrar.platform.configuration_url,
        "registration_token": "made-up",
    }
    refused = registrar.client.post(make_link(), parameters)

    assert b"It answered 401." in refused.content


@pytest.mark.parametrize(
    ("trouble", "obstacle"),
    [
        (HTML_NOT_FOUND, "registration_refused.platform_refused"),
        (
            Trouble(302, "", {"Location": "https://elsewhere.example/"}),
            "registration_refused.platform_refused",
        ),
        (Trouble(200, "<!doctype html>"), "registration_refused.answer_unreadable"),
        (Trouble(200, "{}"), "registration_refused.answer_unreadable"),
        (Trouble(200, "[" * 100_000), "registration_refused.answer_unreadable"),
        (Trouble(200, " " * 600_000), "platform_silent"),
    ],
)
def test_a_platform_that_answers_nonsense_is_told_apart(
    registrar: Registrar, trouble: Trouble, obstacle: str
) -> None:
    page = registrar.open(make_link())
    registrar.platform.registrations.trouble.append(trouble)

    assert word(registrar.press(page)) == obstacle


def test_a_link_that_opens_nothing_is_told(registrar: Registrar) -> None:
    address = make_link()
    RegistrationLink.objects.update(expires_at=now() - timedelta(seconds=1))

    assert word(registrar.open(address)) == "registration_refused.link_expired"
    assert word(registrar.open(address.replace("/register/", "/register/x"))) == (
        "registration_refused.link_unknown"
    )


@pytest.mark.spec(SPEC, "3.3")
def test_an_address_that_somebody_opened_by_hand_is_told(registrar: Registrar) -> None:
    assert word(registrar.client.get(make_link())) == "registration_refused.opened_directly"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_link_is_opened_or_sent_and_nothing_else(client: Client, db: None, method: str) -> None:
    assert getattr(client, method)(make_link()).status_code == 405


def test_after_a_refusal_the_same_link_still_works(registrar: Registrar, running_platform: Platform) -> None:
    address = make_link()
    page = registrar.open(address)
    running_platform.registrations.trouble.append(Trouble(500, ""))
    assert registrar.press(page).status_code == 403

    assert registrar.open(address).status_code == 200
