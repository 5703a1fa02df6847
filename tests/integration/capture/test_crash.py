"""Workers die at the worst moment; a snippet still becomes exactly one record, and no frame stays behind."""

import os
import signal
import subprocess

import psycopg
import pytest

from tests.integration.capture.house import House, StudentBrowser, await_that, face_frames
from tests.integration.capture.look import spooled

pytestmark = pytest.mark.integration

LOCK = "lock table records_stressrecord in share mode"


def test_a_worker_killed_in_the_middle_leaves_exactly_one_record(postgres_house: House) -> None:
    student, worker = _started(postgres_house)
    with psycopg.connect(postgres_house.database_url) as holding:
        holding.execute(LOCK)
        snippet = _sent_and_claimed(postgres_house, student)
        postgres_house.kill(worker)
    postgres_house.start_worker()
    assert await_that(lambda: student.ended(snippet))["state"] == "measured"
    assert _count(postgres_house, "records_stressrecord") == 1
    assert spooled(postgres_house.redis_url) == []


def test_a_killed_pool_process_is_replaced_and_its_snippet_measured(postgres_house: House) -> None:
    student, worker = _started(postgres_house)
    with psycopg.connect(postgres_house.database_url) as holding:
        holding.execute(LOCK)
        snippet = _sent_and_claimed(postgres_house, student)
        os.kill(postgres_house.child_of(worker), signal.SIGKILL)
    assert await_that(lambda: student.ended(snippet))["state"] == "measured"
    assert _count(postgres_house, "records_stressrecord") == 1


def test_the_sweep_fails_what_lost_its_frames(postgres_house: House) -> None:
    student = StudentBrowser.enter(postgres_house)
    student.start()
    snippet = student.send(face_frames()).json()["snippet"]
    _run_sql(postgres_house, "update capture_snippet set received_at = received_at - interval '10 minutes'")
    _forget_spool(postgres_house)
    assert "expired: 1" in postgres_house.run("manage.py", "sweep_spool")
    result = student.ended(snippet)
    assert result is not None
    assert (result["state"], result["reason"]) == ("failed", "frames_expired")


def test_the_sweep_sends_a_lost_task_again(postgres_house: House) -> None:
    student = StudentBrowser.enter(postgres_house)
    student.start()
    snippet = student.send(face_frames()).json()["snippet"]
    _run_sql(postgres_house, "update capture_snippet set received_at = received_at - interval '1 minute'")
    _empty_queue(postgres_house)
    assert "sent_again: 1" in postgres_house.run("manage.py", "sweep_spool")
    postgres_house.start_worker()
    assert await_that(lambda: student.ended(snippet))["state"] == "measured"


def _started(house: House) -> tuple[StudentBrowser, "subprocess.Popen[bytes]"]:
    worker = house.start_worker()
    student = StudentBrowser.enter(house)
    student.start()
    return student, worker


def _sent_and_claimed(house: House, student: StudentBrowser) -> str:
    """Send a snippet and wait until the worker stands before the locked table with it in its hands."""
    snippet = str(student.send(face_frames()).json()["snippet"])
    waiting = "select 1 from pg_locks where not granted and relation = 'records_stressrecord'::regclass"
    await_that(lambda: _run_sql(house, waiting))
    return snippet


def _count(house: House, table: str) -> int:
    return int(str(_run_sql(house, f"select count(*) from {table}")[0][0]))  # noqa: S608


def _run_sql(house: House, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _forget_spool(house: House) -> None:
    from redis import Redis

    with Redis.from_url(house.redis_url) as client:
        client.delete(*spooled(house.redis_url))


def _empty_queue(house: House) -> None:
    from redis import Redis

    with Redis.from_url(house.redis_url) as client:
        client.delete("celery")
