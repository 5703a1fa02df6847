"""Registration links as an administrator makes and withdraws them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import RegistrationLink
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused
from lti_tool.lti.services.registration_links import LINK_LIFETIME, spending

pytestmark = pytest.mark.django_db

LIST = "/admin/lti/registrationlink/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ruth"))
    return client


def _made(admin: Client, **fields: str) -> str:
    """The address on the page that answers the form."""
    page = admin.post(f"{LIST}add/", {"purpose": "Moodle of the law school", **fields})
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    token = re.search(r"http://localhost:8000/lti/register/([\w-]+)/", page.content.decode())
    assert token is not None
    return token[1]


def _make() -> tuple[RegistrationLink, str]:
    link = RegistrationLink(purpose="Moodle")
    address = services.make_registration_link(link=link, by="ruth", at=now())
    return link, address.rstrip("/").rsplit("/", 1)[-1]


def _obstacle(token: str, *, later: timedelta = timedelta(0)) -> Obstacle:
    with pytest.raises(RegistrationRefused) as refused:
        services.find_registration_link(token=token, at=now() + later)
    return refused.value.obstacle


def test_an_administrator_makes_a_link_and_sees_its_address_once(admin: Client) -> None:
    token = _made(admin)

    link = services.find_registration_link(token=token, at=now())
    assert (link.purpose, link.made_by, link.asks_names) == ("Moodle of the law school", "ruth", False)
    assert token not in str(RegistrationLink.objects.values())
    assert token not in admin.get(LIST).content.decode()
    assert token not in admin.get(f"{LIST}{link.pk}/change/").content.decode()


def test_names_are_a_choice(admin: Client) -> None:
    assert services.find_registration_link(token=_made(admin, asks_names="on"), at=now()).asks_names


def test_what_an_administrator_did_with_a_link_is_written_down(admin: Client) -> None:
    token = _made(admin)
    chosen = {"action": "withdraw", "_selected_action": [RegistrationLink.objects.get().pk]}
    for _ in range(2):
        admin.post(LIST, chosen)

    assert _obstacle(token) is Obstacle.LINK_EXPIRED
    assert list(AuditEntry.objects.values_list("actor", "action")) == [
        (pseudonym_of("ruth"), Action.REGISTRATION_LINK_MADE),
        (pseudonym_of("ruth"), Action.REGISTRATION_LINK_WITHDRAWN),
    ]


@pytest.mark.parametrize("may", ["", "view_registrationlink"])
def test_who_may_not_change_links_withdraws_none(client: Client, may: str) -> None:
    somebody = User.objects.create_user("sam", is_staff=True)
    somebody.user_permissions.set(Permission.objects.filter(codename=may))
    client.force_login(somebody)
    link, token = _make()
    client.post(LIST, {"action": "withdraw", "_selected_action": [link.pk]})

    assert client.post(f"{LIST}add/", {"purpose": "Moodle"}).status_code == 403
    assert services.find_registration_link(token=token, at=now())


def test_a_link_is_neither_changed_nor_deleted(admin: Client) -> None:
    link, _ = _make()

    assert admin.post(f"{LIST}{link.pk}/change/", {"purpose": "another"}).status_code == 403
    assert admin.post(f"{LIST}{link.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_link_lasts_for_its_time() -> None:
    _, token = _make()

    almost = now() + LINK_LIFETIME - timedelta(minutes=1)
    assert services.find_registration_link(token=token, at=almost)
    assert _obstacle(token, later=LINK_LIFETIME) is Obstacle.LINK_EXPIRED


def test_a_link_is_found_by_its_whole_token_only() -> None:
    _, token = _make()

    assert _obstacle(token[:-1]) is Obstacle.LINK_UNKNOWN
    assert _obstacle("") is Obstacle.LINK_UNKNOWN


def test_of_two_who_use_a_link_at_once_one_goes_on() -> None:
    link, token = _make()

    with spending(link, at=now()), pytest.raises(RegistrationRefused), spending(link, at=now()):
        pass
    assert _obstacle(token) is Obstacle.LINK_USED


def test_a_link_is_given_back_when_its_use_fails() -> None:
    link, token = _make()

    with pytest.raises(ZeroDivisionError), spending(link, at=now()):
        _ = 1 / 0
    assert services.find_registration_link(token=token, at=now())
