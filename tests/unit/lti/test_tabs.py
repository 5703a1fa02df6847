"""A launch carried into a new tab: once, within a minute, as a copy."""

from datetime import timedelta

import pytest
from django.test import Client

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.browser import SESSION_KEY
from lti_tool.lti.models import Launch, TabPass
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.services.tabs import TabPassSpent
from tests.factories import enter, make_context, make_launch, make_student

pytestmark = pytest.mark.django_db


@pytest.fixture
def frame(client: Client) -> Client:
    """The browser's frame, with its own cookies."""
    session = client.session
    session[SESSION_KEY] = "a secret"
    session.save()
    return client


@pytest.fixture
def launch() -> Launch:
    context = make_context()
    return make_launch(make_student(context), context, browser_hash=hash_of("a secret"), at=now())


def _browser(platform: str, student: str) -> str:
    return "x"


def _url(frame: Client, launch: Launch, **fields: str) -> str:
    accept = {"accept": "application/json"}
    return str(frame.post(f"/lti/new-tab/{launch.public_id}/", fields, headers=accept).json()["url"])


def test_a_new_tab_gets_a_copy_of_the_launch(frame: Client, launch: Launch) -> None:
    response = Client().get(_url(frame, launch))

    copy = Launch.objects.exclude(pk=launch.pk).get()
    assert response.headers["Location"] == f"/l/{copy.public_id}/"
    assert (copy.user, copy.context, copy.roles) == (launch.user, launch.context, launch.roles)
    assert copy.expires_at == launch.expires_at
    assert copy.browser_hash != launch.browser_hash


def test_the_new_tab_opens_the_page_that_was_asked_for(frame: Client, launch: Launch) -> None:
    response = Client().get(_url(frame, launch, page="wellbeing:calm"))

    assert response.headers["Location"].endswith("/calm/")


def test_a_page_that_does_not_exist_is_refused(frame: Client, launch: Launch) -> None:
    response = frame.post(f"/lti/new-tab/{launch.public_id}/", {"page": "https://elsewhere.example"})

    assert response.status_code == 400


def test_a_pass_works_once(frame: Client, launch: Launch) -> None:
    url = _url(frame, launch)

    assert Client().get(url).status_code == 302
    second = Client()
    assert second.get(url).status_code == 403
    assert not second.cookies


def test_a_pass_works_for_a_minute(launch: Launch) -> None:
    at = now()
    token = services.issue_tab_pass(launch=launch, page="dashboards:home", at=at)

    with pytest.raises(TabPassSpent):
        services.redeem_tab_pass(token=token, bind_browser=_browser, at=at + timedelta(seconds=60))


def test_a_pass_of_another_student_closes_what_was_open_in_the_new_tabs_browser(
    frame: Client, launch: Launch
) -> None:
    shared = enter(make_student(launch.context), launch.context)
    before = shared.address("wellbeing:calm")
    shared.get(_url(frame, launch))
    shared.get(_url(frame, launch))
    assert shared.get(before).status_code == 200

    bob = enter(make_student(launch.context, name="Bob"), launch.context)
    url = bob.post(f"/lti/new-tab/{bob.launch.public_id}/", headers={"accept": "application/json"}).json()[
        "url"
    ]
    shared.get(url)

    assert shared.get(before).status_code == 403


def test_a_pass_dies_with_its_launch(launch: Launch) -> None:
    at = now()
    token = services.issue_tab_pass(launch=launch, page="dashboards:home", at=at)
    launch.expires_at = at
    launch.save()

    with pytest.raises(TabPassSpent):
        services.redeem_tab_pass(token=token, bind_browser=_browser, at=at)


def test_only_the_browser_of_the_launch_gets_a_pass(launch: Launch) -> None:
    assert Client().post(f"/lti/new-tab/{launch.public_id}/").status_code == 403
    assert not TabPass.objects.exists()


def test_the_pass_is_not_kept_in_clear(launch: Launch) -> None:
    token = services.issue_tab_pass(launch=launch, page="dashboards:home", at=now())

    assert token not in str(TabPass.objects.values())


def test_without_scripts_the_frame_shows_the_link(frame: Client, launch: Launch) -> None:
    response = frame.post(f"/lti/new-tab/{launch.public_id}/")

    assert b'target="_blank"' in response.content
