"""The front door, the health endpoint, and wrong addresses."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_the_front_door_says_what_this_is(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert b"inside your learning platform" in response.content


@pytest.mark.django_db
def test_health_is_ok_while_the_database_answers(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_health_fails_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_database() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", no_database)

    assert client.get("/healthz").status_code == 503


def test_a_wrong_address_is_told_in_our_words(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert b"We could not find that page." in response.content


@pytest.mark.django_db
def test_a_form_without_its_secret_is_told_in_our_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/lti/new-tab/x/")

    assert response.status_code == 403
    assert b"form_expired" in response.content
