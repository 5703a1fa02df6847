"""A good launch from the platform's click to a page of ours, and who is let in where."""

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from lti_tool.core.clock import now
from lti_tool.lti import services, tasks
from lti_tool.lti.models import (
    Context,
    Deployment,
    DeploymentState,
    Launch,
    LoginAttempt,
    PlatformUser,
    Registration,
)
from lti_tool.lti.protocol.refusals import LaunchRefused
from tests.conformance.visitor import Visitor
from tests.platform.keys import PlatformKey
from tests.platform.people import COURSE, MENTOR_ROLE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse


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


@pytest.mark.spec("LTI 1.3 Core", "5.3")
def test_a_launch_remembers_person_course_link_and_roles(visitor: Visitor) -> None:
    response = visitor.launch("student")

    launch = Launch.objects.select_related("user", "context", "resource_link").get()
    assert response.headers["Location"] == f"/l/{launch.public_id}/"
    assert launch.user.sub == "student-01"
    assert launch.context.title == COURSE.title
    assert launch.resource_link is not None
    assert launch.resource_link.resource_link_id == "link-attune"
    assert launch.roles == list(visitor.platform.launch("student").person.roles)
    assert launch.expires_at - launch.created_at == timedelta(seconds=settings.LAUNCH_SECONDS)


def test_a_second_launch_finds_everything_again_and_corrects_titles(visitor: Visitor) -> None:
    visitor.launch("student")
    visitor.launch(
        "student", overrides={"context": {"id": COURSE.context_id, "title": "Statistics, renamed"}}
    )

    assert PlatformUser.objects.count() == 1
    assert Context.objects.get().title == "Statistics, renamed"


def test_a_name_is_kept_of_nobody_who_did_not_agree(visitor: Visitor) -> None:
    for person in ("student", "instructor"):
        visitor.launch(person, overrides={"name": f"A {person}"})

    assert set(PlatformUser.objects.values_list("name", flat=True)) == {""}
    kept_with_the_launch = Launch.objects.order_by("pk").values_list("name", flat=True)
    assert list(kept_with_the_launch) == ["A student", ""]


def test_a_name_that_is_shared_is_kept_current(visitor: Visitor) -> None:
    visitor.launch("student")
    PlatformUser.objects.update(name_shared=True)

    for sent, kept in (("Amina O.", "Amina O."), (None, "")):
        visitor.launch("student", overrides={"name": sent})
        assert PlatformUser.objects.get().name == kept


def test_the_name_of_a_counselor_is_kept_while_the_grant_lasts(
    visitor: Visitor, registration: Registration
) -> None:
    grant = services.grant_counselor(
        registration=registration,
        sub="counselor",
        deployment=registration.deployments.get(),
        context=None,
        granted_by="Ruth",
        expires_at=now() + timedelta(days=1),
        at=now(),
    )
    visitor.launch("counselor", overrides={"name": "Daniel Mwangi"})
    assert PlatformUser.objects.get().name == "Daniel Mwangi"

    services.revoke_grant(grant=grant, by="Ruth", at=now())
    visitor.launch("counselor", overrides={"name": "Daniel Mwangi"})
    assert PlatformUser.objects.get().name == ""


@pytest.mark.spec("LTI 1.3 Core", "5.4.2")
def test_links_outside_of_any_course_share_nothing(visitor: Visitor) -> None:
    for link in ("one", "two"):
        visitor.launch("student", overrides={"context": None, "resource_link": {"id": link}})

    assert Context.objects.count() == 2


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


def test_two_tabs_may_log_in_at_the_same_time(visitor: Visitor) -> None:
    launches = [visitor.platform.launch("student"), visitor.platform.launch("instructor")]
    requests = [visitor.start(launch) for launch in launches]

    for launch, request in zip(launches, requests, strict=True):
        form = visitor.platform.answer(launch, request)
        assert visitor.client.post("/lti/launch/", form).status_code == 302


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


@pytest.mark.spec("1EdTech Security Framework 1.0", "6.3")
def test_a_platform_may_change_its_key_between_two_launches(visitor: Visitor) -> None:
    visitor.launch("student")
    first = visitor.platform.keys.signing
    visitor.platform.keys.rotate(PlatformKey.generate("next"))

    response = visitor.launch("student")

    visitor.platform.keys.rotate(first)
    assert response.status_code == 302


def test_a_platform_whose_keys_cannot_be_fetched_is_told_apart(
    visitor: Visitor, registration: Registration
) -> None:
    Registration.objects.update(jwks_url="http://127.0.0.1:9/jwks")

    response = visitor.launch("student")

    assert response.status_code == 503
    assert b"did not answer us in time" in response.content


@pytest.mark.parametrize("state", [DeploymentState.PENDING, DeploymentState.SUSPENDED])
def test_a_deployment_that_is_not_approved_lets_nobody_in(visitor: Visitor, state: DeploymentState) -> None:
    Deployment.objects.update(state=state)

    response = visitor.launch("student")

    assert response.status_code == 403
    assert b"launch_refused.deployment_not_approved" in response.content


def test_a_platform_that_was_switched_off_starts_no_login(visitor: Visitor) -> None:
    Registration.objects.update(active=False)

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


@pytest.mark.parametrize("person", ["test-user", "mentor", "administrator"])
def test_nothing_is_recorded_of_people_who_have_no_place_here(visitor: Visitor, person: str) -> None:
    response = visitor.launch(person)

    assert response.status_code == 200
    assert b"There is nothing here for your role" in response.content
    assert Launch.objects.count() == PlatformUser.objects.count() == Context.objects.count() == 0


def test_a_mentor_reads_which_role_was_received(visitor: Visitor) -> None:
    assert b"<strong>Mentor</strong>" in visitor.launch("mentor").content


def test_roles_are_taken_from_each_launch(visitor: Visitor) -> None:
    visitor.launch("instructor")
    visitor.launch("instructor", overrides={"roles": ["Learner"]})

    assert [launch.roles for launch in Launch.objects.order_by("pk")][1] == ["Learner"]
    assert PlatformUser.objects.count() == 1


@pytest.mark.parametrize(("days", "status"), [(1, 302), (-1, 200)])
def test_a_grant_lets_a_mentor_in_while_it_lasts(
    visitor: Visitor, registration: Registration, days: int, status: int
) -> None:
    services.grant_counselor(
        registration=registration,
        sub="mentor",
        deployment=registration.deployments.get(),
        context=None,
        granted_by="Ruth",
        expires_at=now() + timedelta(days=days),
        at=now(),
    )

    assert visitor.launch("mentor", overrides={"roles": [MENTOR_ROLE]}).status_code == status


def test_the_tool_publishes_one_public_key_and_no_private_part(client: Client, db: None) -> None:
    response = client.get("/lti/jwks/")

    (key,) = response.json()["keys"]
    assert set(key) == {"kty", "use", "alg", "kid", "n", "e"}
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert client.get("/lti/jwks/").json()["keys"] == [key]


def _opened(response: "TestResponse") -> str:
    assert response.status_code == 302
    return str(response.headers["Location"]).split("/")[2]


def _page(browser: Client, public_id: str) -> "TestResponse":
    return browser.post(f"/lti/new-tab/{public_id}/", headers={"accept": "application/json"})


def test_the_platforms_family_is_learnt_where_nobody_entered_it(
    visitor: Visitor, registration: Registration
) -> None:
    visitor.launch()
    registration.refresh_from_db()
    assert registration.product_family == "attune-demo"

    Registration.objects.update(product_family="moodle")
    visitor.launch()
    registration.refresh_from_db()
    assert registration.product_family == "moodle"
