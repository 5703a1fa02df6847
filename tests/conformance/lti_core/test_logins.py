"""The login that every launch begins with: what it asks, what it keeps, what ends it."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings

from lti_tool.core.clock import now
from lti_tool.lti import services, tasks
from lti_tool.lti.models import Deployment, DeploymentState, LoginAttempt, Registration
from lti_tool.lti.protocol.refusals import LaunchRefused
from tests.conformance.visitor import Visitor


@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.1.2")
def test_the_login_is_answered_with_everything_that_was_asked(visitor: Visitor) -> None:
    launch = visitor.platform.launch("student")

    response = visitor.client.get("/lti/login/", launch.login_parameters())

    address = urlsplit(response.headers["Location"])
    query = dict(parse_qsl(address.query))
    assert f"{address.scheme}://{address.netloc}{address.path}" == visitor.platform.authorization_url
    assert query.pop("state") != query.pop("nonce")
    assert query == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": visitor.platform.tool.client_id,
        "redirect_uri": f"{settings.PUBLIC_URL}/lti/launch/",
        "login_hint": launch.person.sub,
        "lti_message_hint": launch.hint,
    }


@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.1.2")
def test_an_authentication_address_with_a_query_keeps_it(
    visitor: Visitor, registration: Registration
) -> None:
    registration.auth_login_url = "https://platform.example/auth?tenant=7"
    registration.save()

    response = visitor.client.post("/lti/login/", visitor.platform.launch("student").login_parameters())

    query = parse_qsl(urlsplit(response.headers["Location"]).query)
    assert ("tenant", "7") in query
    assert ("scope", "openid") in query


@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.1.1")
def test_neither_state_nor_nonce_is_kept_in_clear(visitor: Visitor) -> None:
    request = visitor.start(visitor.platform.launch("student"))

    kept = str(LoginAttempt.objects.values())
    assert request["state"] not in kept
    assert request["nonce"] not in kept


def test_the_state_cookie_survives_in_a_frame_on_another_site(visitor: Visitor) -> None:
    visitor.start(visitor.platform.launch("student"))

    cookie = next(iter(visitor.client.cookies.values())).OutputString()
    for part in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/lti/launch/"):
        assert part in cookie


def test_two_tabs_may_log_in_at_the_same_time(visitor: Visitor) -> None:
    launches = [visitor.platform.launch("student"), visitor.platform.launch("instructor")]
    requests = [visitor.start(launch) for launch in launches]

    for launch, request in zip(launches, requests, strict=True):
        form = visitor.platform.answer(launch, request)
        assert visitor.client.post("/lti/launch/", form).status_code == 302


@pytest.mark.spec("1EdTech Security Framework 1.0", "5.1.1.3")
def test_of_two_that_finish_one_attempt_one_is_refused(visitor: Visitor) -> None:
    state = visitor.start(visitor.platform.launch("student"))["state"]

    assert services.finish_attempt(state=state, at=now()).registration.issuer == visitor.platform.issuer
    with pytest.raises(LaunchRefused):
        services.finish_attempt(state=state, at=now())


def test_a_login_that_took_too_long_is_refused(visitor: Visitor) -> None:
    state = visitor.start(visitor.platform.launch("student"))["state"]

    with pytest.raises(LaunchRefused):
        services.finish_attempt(state=state, at=now() + timedelta(seconds=settings.LOGIN_ATTEMPT_SECONDS))
    with pytest.raises(LaunchRefused):
        services.finish_attempt(state=state, at=now())


def test_the_clock_lets_go_of_logins_that_nobody_finished(visitor: Visitor) -> None:
    visitor.start(visitor.platform.launch("student"))
    LoginAttempt.objects.update(expires_at=now())
    visitor.start(visitor.platform.launch("student"))

    tasks.forget_old_requests()

    assert LoginAttempt.objects.get().expires_at > now()


def test_a_platform_that_was_never_let_in_starts_no_login(visitor: Visitor) -> None:
    Registration.objects.update(active=False)
    Deployment.objects.update(state=DeploymentState.PENDING)

    response = visitor.client.post("/lti/login/", visitor.platform.launch("student").login_parameters())

    assert b"launch_refused.platform_unknown" in response.content


def test_an_issuer_with_two_clients_must_say_which(visitor: Visitor, registration: Registration) -> None:
    registration.pk, registration.client_id = None, "a-second-one"
    registration.save()
    fields = visitor.platform.launch("student").login_parameters()
    del fields["client_id"]

    assert b"launch_refused.client_ambiguous" in visitor.client.post("/lti/login/", fields).content


@pytest.mark.parametrize("name", ["iss", "client_id", "login_hint"])
def test_a_login_with_unprintable_characters_is_refused(visitor: Visitor, name: str) -> None:
    fields = visitor.platform.launch("student").login_parameters() | {name: "a\x00b"}

    assert b"launch_refused.request_unreadable" in visitor.client.post("/lti/login/", fields).content
