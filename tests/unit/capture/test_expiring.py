"""No picture is kept or measured longer than people were told, whoever is down. A real spool."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings
from redis import Redis

from lti_tool.capture import analysis, services, spool
from lti_tool.capture.intake import Submission
from lti_tool.capture.models import Failure, Snippet, SnippetState
from lti_tool.core import clock
from lti_tool.lti.models import Context
from lti_tool.records.models import StressRecord
from tests import factories as make
from tests.unit.capture.conftest import Visitor, visit

MAXIMUM = 60


@pytest.fixture(autouse=True)
def _patience(settings: Settings, redis_url: str) -> Iterator[None]:
    settings.SPOOL_MAX_SECONDS = MAXIMUM
    yield
    Redis.from_url(redis_url).flushall()


@pytest.fixture
def student(course: Context) -> Visitor:
    return visit(course, make.consenting(course))


def send(student: Visitor, *, seconds_ago: int) -> Snippet:
    session = services.start_session(launch=student.launch, at=clock.now() - timedelta(hours=1))
    at = clock.now() - timedelta(seconds=seconds_ago)
    submission = Submission(client_id=uuid.uuid4(), captured_at=at, frames=(b"a picture",) * 8)
    return services.accept_snippet(session=session, submission=submission, at=at)


def kept(redis_url: str) -> list[object]:
    return list(Redis.from_url(redis_url).scan_iter(f"{spool.PREFIX}*"))


def has_expired(snippet: Snippet) -> bool:
    snippet.refresh_from_db()
    assert bytes(snippet.spool_key) == b"" or snippet.state == SnippetState.RECEIVED
    return (snippet.state, snippet.failure) == (SnippetState.FAILED, Failure.FRAMES_EXPIRED)


def test_sealed_frames_carry_their_end_with_them(student: Visitor, redis_url: str) -> None:
    snippet = send(student, seconds_ago=0)
    left = Redis.from_url(redis_url).ttl(f"{spool.PREFIX}{snippet.public_id}")
    assert 0 < left <= MAXIMUM


def test_a_worker_measures_nothing_that_is_over_its_time_even_if_it_is_still_there(
    student: Visitor, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "measure", lambda frames: pytest.fail("It was measured."))
    snippet = send(student, seconds_ago=MAXIMUM)
    assert len(kept(redis_url)) == 1, "as after a fault of the broker, which would have dropped it"

    services.analyse(snippet_id=snippet.pk, take_over=True, at=clock.now())

    assert has_expired(snippet)
    assert kept(redis_url) == []
    assert not StressRecord.objects.exists()


def test_one_that_a_dead_worker_holds_expires_too(student: Visitor, redis_url: str) -> None:
    snippet = send(student, seconds_ago=MAXIMUM)
    Snippet.objects.update(state=SnippetState.MEASURING, claimed_at=clock.now())
    assert services.expire_overdue(at=clock.now()) == 1
    assert has_expired(snippet)
    assert kept(redis_url) == []


def test_the_students_own_page_is_told_with_neither_beat_nor_worker(student: Visitor, redis_url: str) -> None:
    snippet = send(student, seconds_ago=MAXIMUM)
    answer = student.get("results", session=snippet.session.public_id).json()
    assert [(one["state"], one["reason"]) for one in answer["snippets"]] == [("failed", "frames_expired")]
    assert "deleted without being measured" in answer["snippets"][0]["words"]
    assert has_expired(snippet)
    assert kept(redis_url) == []


def test_the_next_snippet_of_anybody_clears_away_what_is_over(student: Visitor, course: Context) -> None:
    snippet = send(student, seconds_ago=MAXIMUM)
    newer = send(visit(course, make.consenting(course)), seconds_ago=0)
    assert has_expired(snippet)
    assert not has_expired(newer)


def test_the_sweep_counts_it(student: Visitor) -> None:
    send(student, seconds_ago=MAXIMUM)
    assert services.sweep(at=clock.now()).expired == 1


def test_a_second_before_its_end_it_still_waits(student: Visitor) -> None:
    snippet = send(student, seconds_ago=MAXIMUM - 5)
    assert services.expire_overdue(at=clock.now()) == 0
    assert not has_expired(snippet)


def test_without_the_spool_the_key_goes_all_the_same(student: Visitor, settings: Settings) -> None:
    snippet = send(student, seconds_ago=MAXIMUM)
    settings.SPOOL_URL = "redis://127.0.0.1:1/0"
    assert services.expire_overdue(at=clock.now()) == 1
    assert has_expired(snippet)
