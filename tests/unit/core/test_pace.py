"""How often somebody may ask, on a real Redis, at every door that has a limit."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import redis
from django.test import Client
from pytest_django import Settings

from lti_tool.administration.site import ACCOUNTS, ADDRESSES
from lti_tool.capture.limits import SNIPPETS, STARTS
from lti_tool.core import pace as counting
from lti_tool.core.pace import CountingAway, Pace, TooOften
from lti_tool.lti import paces
from tests.factories import Browser, consenting, enter, make_context

NOBODY = "00000000-0000-4000-8000-000000000000"
FEW = Pace("few", most=3, per_s=60)


@pytest.fixture
def counted(redis_url: str, settings: Settings) -> redis.Redis:
    settings.RATE_LIMITS = True
    settings.REDIS_URL = redis_url
    client = redis.Redis.from_url(redis_url)
    for key in client.scan_iter(f"{counting.PREFIX}*"):
        client.delete(key)
    return client


@pytest.fixture
def away(settings: Settings) -> None:
    settings.RATE_LIMITS = True
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def test_the_one_too_many_is_told_when_to_come_back(counted: redis.Redis) -> None:
    for _ in range(FEW.most):
        FEW.spend("ada")
    with pytest.raises(TooOften) as refused:
        FEW.spend("ada")
    assert 1 <= refused.value.retry_after_s <= FEW.per_s
    FEW.spend("ben")


def test_processes_share_the_count(counted: redis.Redis) -> None:
    for _ in range(FEW.most):
        FEW.spend("ada")
        counting._client.cache_clear()  # as another process would, with a connection of its own
    with pytest.raises(TooOften):
        FEW.spend("ada")


def test_a_window_ends_by_itself_and_asking_on_does_not_make_it_longer(counted: redis.Redis) -> None:
    FEW.spend("ada")
    counted.expire(FEW.key("ada"), 20)
    for _ in range(10):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Pace, "most", 99)
            FEW.spend("ada")
    assert 0 < counted.ttl(FEW.key("ada")) <= 20


def test_nothing_of_who_asks_can_be_read_in_redis(counted: redis.Redis) -> None:
    FEW.spend("203.0.113.7")
    (key,) = counted.scan_iter(f"{counting.PREFIX}*")
    assert b"203" not in key.removeprefix(counting.PREFIX.encode())


def test_while_nobody_counts_a_limit_opens_or_closes_as_it_was_decided(away: None) -> None:
    FEW.spend("ada")
    with pytest.raises(CountingAway):
        Pace("strict", most=3, per_s=60, closed_when_away=True).spend("ada")


def test_only_the_password_is_closed_while_nobody_counts() -> None:
    every = [value for value in vars(paces).values() if isinstance(value, Pace)]
    assert [pace.name for pace in [*every, SNIPPETS, STARTS] if pace.closed_when_away] == []
    assert ACCOUNTS.closed_when_away
    assert ADDRESSES.closed_when_away


def test_an_honest_page_never_meets_a_limit() -> None:
    """A snippet each second, sent twice where the line is bad, stays under it."""
    assert SNIPPETS.most / SNIPPETS.per_s >= 2


Knock = Callable[[Browser, str], Any]
DOORS: dict[str, tuple[Pace, bool, Knock]] = {
    "login": (paces.LOGINS, False, lambda b, _: b.post("/lti/login/")),
    "login by a link": (paces.LOGINS, False, lambda b, _: b.get("/lti/login/")),
    "launch": (paces.LAUNCHES, False, lambda b, _: b.post("/lti/launch/")),
    "registration": (paces.REGISTRATIONS, False, lambda b, _: b.get("/lti/register/x/")),
    "notices": (paces.NOTICES, False, lambda b, _: b.post("/lti/notices/1/")),
    "a code at the door": (paces.CODES_AT_THE_DOOR, False, lambda b, _: b.post("/lti/invitation/")),
    "a code": (paces.CODES, True, lambda b, launch: b.post(f"/lti/invitation/{launch}/")),
    "a new tab": (paces.NEW_TABS, True, lambda b, launch: b.post(f"/lti/new-tab/{launch}/")),
    "an entry": (paces.ENTRIES, False, lambda b, _: b.get("/lti/enter/x/")),
    "placing": (paces.PLACINGS, True, lambda b, launch: b.post(f"/lti/place/{launch}/")),
    "a start": (STARTS, True, lambda b, launch: b.post(f"/l/{launch}/capture/sessions/")),
    "a snippet": (
        SNIPPETS,
        True,
        lambda b, launch: b.post(f"/l/{launch}/capture/sessions/{NOBODY}/snippets/"),
    ),
    "a password": (ACCOUNTS, False, lambda b, _: b.post("/admin/login/", {"username": "127.0.0.1"})),
    "passwords from one place": (ADDRESSES, False, lambda b, _: b.post("/admin/login/")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_every_door_says_no_after_too_many_and_when_to_come_back(door: str, counted: redis.Redis) -> None:
    pace, by_launch, knock = DOORS[door]
    course = make_context()
    browser = enter(consenting(course), course)
    launch = browser.launch.public_id
    counted.set(pace.key(launch if by_launch else "127.0.0.1"), pace.most - 1, ex=50)

    last_one, too_many = knock(browser, launch), knock(browser, launch)

    assert last_one.status_code != 429
    assert too_many.status_code == 429
    assert 1 <= int(too_many.headers["Retry-After"]) <= 50


@pytest.mark.django_db
def test_one_launch_slows_no_other(counted: redis.Redis) -> None:
    course = make_context()
    loud, quiet = (enter(consenting(course), course) for _ in range(2))
    counted.set(STARTS.key(loud.launch.public_id), STARTS.most, ex=50)

    statuses = [b.post(f"/l/{b.launch.public_id}/capture/sessions/").status_code for b in (loud, quiet)]

    assert statuses == [429, 201]


@pytest.mark.django_db
def test_a_script_reads_what_happened(counted: redis.Redis) -> None:
    counted.set(paces.LOGINS.key("127.0.0.1"), paces.LOGINS.most, ex=50)
    answer = Client().post("/lti/login/", headers={"accept": "application/json"})
    assert json.loads(answer.content)["error"] == "too_often"
