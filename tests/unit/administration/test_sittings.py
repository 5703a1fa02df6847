"""How long an administrator's session lives, and what is written down of those who sign in."""

import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from pytest_django import Settings

from lti_tool.administration import services, sittings
from lti_tool.administration.models import Authenticator
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core.clock import now

pytestmark = pytest.mark.django_db

PASSWORD = "a long pass phrase"
LOGIN, CODE_PAGE, INSIDE = "/admin/login/", "/admin/code/", "/admin/lti/"
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def ruth(settings: Settings) -> User:
    """Enrolled, in an installation that asks for a code."""
    settings.SECOND_FACTOR = True
    user = User.objects.create_superuser("ruth", password=PASSWORD)
    begun = services.begin_enrolment(user=user)
    code = f"{totp(begun.secret()):06d}"
    services.finish_enrolment(user=user, number=begun.pk, code=code, at=now())
    return user


def sign_in(user: User, *, code: bool = True) -> Client:
    client = Client()
    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    if code:
        Authenticator.objects.update(last_step=0)  # the clock has gone on since
        assert client.post(CODE_PAGE, {"code": f"{totp(_secret(user)):06d}"}).status_code == 302
    return client


def _secret(user: User) -> bytes:
    secret: bytes = Authenticator.objects.get(user=user).secret()
    return secret


def lies_back(client: Client, *, began: timedelta, last: timedelta) -> None:
    session = client.session
    session[sittings.KEY] = [(now() - began).timestamp(), (now() - last).timestamp()]
    session.save()


def is_in(client: Client) -> bool:
    return client.get(INSIDE).status_code == 200


def test_who_works_stays_in(ruth: User) -> None:
    client = sign_in(ruth)
    for _ in range(4):  # two hours, a page in every 29 minutes
        began = now().timestamp() - client.session[sittings.KEY][0]
        lies_back(client, began=timedelta(seconds=began) + 29 * A_MINUTE, last=29 * A_MINUTE)
        assert is_in(client)


def test_who_was_away_for_half_an_hour_shows_password_and_code_again(ruth: User) -> None:
    client = sign_in(ruth)
    lies_back(client, began=sittings.IDLE_ENDS, last=sittings.IDLE_ENDS)

    assert client.get(INSIDE).headers["Location"].startswith(LOGIN)
    assert "_auth_user_id" not in client.session
    client.post(LOGIN, {"username": "ruth", "password": PASSWORD})
    assert not is_in(client), "the code is not carried over from the session before"


def test_who_never_rests_shows_password_and_code_again_after_a_day_at_the_desk(ruth: User) -> None:
    client = sign_in(ruth)
    lies_back(client, began=sittings.DAY_ENDS - A_MINUTE, last=A_MINUTE / 2)
    assert is_in(client)
    lies_back(client, began=sittings.DAY_ENDS, last=A_MINUTE / 2)
    assert not is_in(client)


def test_between_password_and_code_time_runs_too(ruth: User) -> None:
    client = sign_in(ruth, code=False)
    lies_back(client, began=sittings.IDLE_ENDS, last=sittings.IDLE_ENDS)

    assert client.post(CODE_PAGE, {"code": f"{totp(_secret(ruth)):06d}"}).status_code == 302
    assert not is_in(client)


def test_a_session_without_a_known_beginning_is_over(ruth: User) -> None:
    client = sign_in(ruth)
    session = client.session
    del session[sittings.KEY]
    session.save()

    assert not is_in(client)


def test_time_runs_where_no_code_is_asked_for_too(ruth: User, settings: Settings) -> None:
    settings.SECOND_FACTOR = False
    client = sign_in(ruth, code=False)
    assert is_in(client)
    lies_back(client, began=sittings.IDLE_ENDS, last=sittings.IDLE_ENDS)
    assert not is_in(client)


def test_the_bounds_are_not_wider_than_the_standard_has_them() -> None:
    assert timedelta(minutes=30) >= sittings.IDLE_ENDS
    assert timedelta(hours=12) >= sittings.DAY_ENDS


def test_each_attempt_to_sign_in_is_a_line_in_the_log_without_a_name(
    ruth: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="lti_tool.administration")
    sign_in(ruth)
    Client().post(LOGIN, {"username": "ruth", "password": "wrong"})
    sign_in(ruth, code=False).post(CODE_PAGE, {"code": "000000"})

    said = [record.getMessage() for record in caplog.records if "journal" in record.name]
    assert [line.split(":")[0] for line in said] == [
        "A password was right",
        "A code was right",
        "A password was wrong",
        "A password was right",
        "A code was wrong",
    ]
    assert all(pseudonym_of("ruth") in line and "ruth" not in line for line in said)
    assert PASSWORD not in caplog.text
