"""What opens a page never reaches a log."""

import copy
import io
import logging
import logging.config
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

LAUNCH = "kJ3-launch_id-of-32-characters_Xq"
SECRETS = [
    f"/l/{LAUNCH}/capture/",
    f"/lti/enter/{LAUNCH}/",
    f"/lti/new-tab/{LAUNCH}/",
    f"/lti/place/{LAUNCH}/",
    f"/lti/invitation/{LAUNCH}/",
    f"/lti/register/{LAUNCH}/",
    f"/lti/register/?registration_token={LAUNCH}&x=1",
    f"/lti/register/?openid_configuration=https%3A%2F%2Fa.example%2F%3Fregistration_token%3D{LAUNCH}.{LAUNCH}",
]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the console's handler, made as the settings say, writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    configured: dict[str, Any] = copy.deepcopy(settings.LOGGING)
    configurator = logging.config.DictConfigurator(configured)
    handler.setFormatter(configurator.configure_formatter(configured["formatters"]["line"]))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("path", SECRETS)
def test_an_address_is_logged_without_what_opens_it(path: str, written: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Forbidden: %s", path)

    assert LAUNCH not in written.getvalue()
    assert "Forbidden: /l" in written.getvalue()


def test_neither_does_a_traceback_tell(written: io.StringIO) -> None:
    try:
        raise ValueError(f"http://localhost/l/{LAUNCH}/")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error")

    assert LAUNCH not in written.getvalue()
    assert "/l/…/" in written.getvalue()


def test_a_refused_request_is_logged_without_its_launch(client: Client, written: io.StringIO) -> None:
    client.get(f"/l/{LAUNCH}/nowhere/")

    assert "Not Found: /l/…/nowhere/" in written.getvalue()
    assert LAUNCH not in written.getvalue()


def test_no_other_handler_of_django_writes_addresses() -> None:
    for name in ("django", "django.server"):
        assert logging.getLogger(name).handlers == []


def test_an_entry_says_when_it_was_in_utc(written: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        logging.getLogger("lti_tool").warning("Something.")
    finally:
        monkeypatch.undo()
        time.tzset()

    stamp = written.getvalue().split("Z ")[0]
    said = datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - said) < timedelta(minutes=1)


def test_nobody_outside_writes_a_line_of_their_own(client: Client, written: io.StringIO) -> None:
    client.get("/%0a2026-01-01%20INFO%20lti_tool%20All%20is%20well/%1b%5b2J")

    assert written.getvalue().count("\n") == 1
    assert "\x1b" not in written.getvalue()
