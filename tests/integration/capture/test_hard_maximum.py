"""Every worker is dead and no beat runs: pictures go all the same, and the student is told."""

import time

import psycopg
import pytest
from redis import Redis

from tests.integration.capture.house import House, StudentBrowser, await_that, face_frames
from tests.integration.capture.look import spooled

pytestmark = pytest.mark.integration

MAXIMUM_S = 2


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the house is opened, whose processes take their settings from here."""
    monkeypatch.setenv("ATTUNE_SPOOL_MAX_SECONDS", str(MAXIMUM_S))


def sent(house: House) -> tuple[StudentBrowser, str]:
    student = StudentBrowser.enter(house)
    student.start()
    return student, str(student.send(face_frames()).json()["snippet"])


def keys_in_database(house: House) -> list[bytes]:
    """The wrapped keys of frames that are not emptied."""
    with psycopg.connect(house.database_url) as connection:
        rows = connection.execute("select spool_key from capture_snippet where length(spool_key) > 0")
        return [bytes(row[0]) for row in rows]


def test_with_nobody_to_sweep_both_halves_go_and_the_page_says_so(postgres_house: House) -> None:
    student, snippet = sent(postgres_house)
    assert len(spooled(postgres_house.redis_url)) == 1

    await_that(lambda: not spooled(postgres_house.redis_url), patience_s=MAXIMUM_S + 3)
    result = await_that(lambda: student.ended(snippet), patience_s=MAXIMUM_S + 3)

    assert (result["state"], result["reason"]) == ("failed", "frames_expired")
    assert keys_in_database(postgres_house) == []


def test_a_worker_that_comes_back_too_late_measures_nothing(postgres_house: House) -> None:
    student, snippet = sent(postgres_house)
    (name,) = spooled(postgres_house.redis_url)
    with Redis.from_url(postgres_house.redis_url) as broker:
        broker.persist(name)  # a broker that forgot to forget
    time.sleep(MAXIMUM_S + 0.2)
    postgres_house.start_worker()

    await_that(lambda: not spooled(postgres_house.redis_url))

    assert keys_in_database(postgres_house) == []
    result = await_that(lambda: student.ended(snippet))
    assert (result["state"], result["reason"]) == ("failed", "frames_expired")
