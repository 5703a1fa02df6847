"""Snippets that wait are measured in one call, and each has its own fate. A real spool, a real face."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import cv2
import numpy as np
import pytest
from pytest_django import Settings
from redis import Redis

from inference.frames import Gray
from inference.quality import Reason
from inference.stages import Stages
from lti_tool.capture import analysis, services, spool
from lti_tool.capture.intake import Submission
from lti_tool.capture.limits import ATTEMPTS_MAX, CLAIM_HOLDS
from lti_tool.capture.models import CaptureSession, Failure, Snippet, SnippetState
from lti_tool.consent import services as consent
from lti_tool.core import clock
from lti_tool.core.errors import Transient
from lti_tool.domain.stress import MeasuredStress
from lti_tool.lti.models import Context
from lti_tool.privacy import services as privacy
from lti_tool.records.history import Observation
from lti_tool.records.models import StressRecord
from lti_tool.records.sealed import open_records
from lti_tool.records.selectors import open_file_of
from lti_tool.vault import services as vault
from lti_tool.vault.models import DataKey
from tests import factories as make
from tests.integration.capture.house import face_frames

Calls = list[int]


@pytest.fixture(autouse=True)
def _together(settings: Settings, redis_url: str) -> Iterator[None]:
    settings.BATCH_SNIPPETS = 8
    yield
    Redis.from_url(redis_url).flushall()


@pytest.fixture(scope="module")
def frames() -> list[bytes]:
    return face_frames()


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """How many snippets each call of the analyser was about. It measures as ever."""
    noted, whole = Calls(), analysis.measure_many

    def measure_many(snippets: Sequence[Sequence[bytes]]) -> list[MeasuredStress]:
        noted.append(len(snippets))
        return whole(snippets)

    monkeypatch.setattr(analysis, "measure_many", measure_many)
    return noted


def send(course: Context, frames: Sequence[bytes], *, session: CaptureSession | None = None) -> Snippet:
    """A snippet that waits, of a student of its own unless a session is given."""
    if session is None:
        launch = make.make_launch(make.consenting(course), course)
        session = services.start_session(launch=launch, at=clock.now())
    submission = Submission(client_id=uuid.uuid4(), captured_at=clock.now(), frames=tuple(frames))
    return services.accept_snippet(session=session, submission=submission, at=clock.now())


def analyse(snippet: Snippet, *, take_over: bool = False, at: datetime | None = None) -> None:
    services.analyse(snippet_id=snippet.pk, take_over=take_over, at=at or clock.now())


def states(*snippets: Snippet) -> list[str]:
    found = dict(Snippet.objects.values_list("pk", "state"))
    return [found[snippet.pk] for snippet in snippets]


def attempts(*snippets: Snippet) -> list[int]:
    return [Snippet.objects.get(pk=snippet.pk).attempts for snippet in snippets]


def observation_of(snippet: Snippet) -> Observation:
    """What the snippet's record says, opened with the key of its student's own file."""
    session = snippet.session
    file = open_file_of(session.student, session.context)
    assert file is not None
    own = StressRecord.objects.of(file).filter(snippet=snippet)
    (told,) = open_records(own, file, vault.open_data_key(file.data_key))
    return told


def grey() -> bytes:
    return cv2.imencode(".jpg", np.full((480, 640, 3), 120, np.uint8))[1].tobytes()


def breaking_at(poison: bytes) -> Callable[[Stages, Sequence[bytes]], list[Gray | Reason]]:
    """The analyser's own stage, which a certain frame brings down."""
    crops = Stages.crops

    def fragile(stages: Stages, frames: Sequence[bytes]) -> list[Gray | Reason]:
        if poison in frames:
            raise RuntimeError("as a native library would")
        return crops(stages, frames)

    return fragile


def spoil(snippet: Snippet, redis_url: str) -> None:
    """Turn one bit of the sealed frames."""
    with Redis.from_url(redis_url) as client:
        sealed = bytearray(client.get(f"{spool.PREFIX}{snippet.public_id}"))
        sealed[-1] ^= 1
        client.set(f"{spool.PREFIX}{snippet.public_id}", bytes(sealed))


def left_in_spool(redis_url: str) -> int:
    return len(list(Redis.from_url(redis_url).scan_iter(f"{spool.PREFIX}*")))


def test_all_that_wait_are_measured_in_one_call_and_each_lands_in_its_own_file(
    course: Context, frames: list[bytes], calls: Calls, redis_url: str
) -> None:
    waiting = [send(course, shown) for shown in (frames, frames[:4], [grey()] * 5)]
    analyse(waiting[1])

    assert calls == [3]
    assert left_in_spool(redis_url) == 0
    for snippet, seen, valid in zip(waiting, (8, 4, 5), (8, 4, 0), strict=True):
        told = observation_of(snippet)
        assert (told.frames, told.valid_frames) == (seen, valid)


def test_what_is_measured_together_is_what_is_measured_alone(
    course: Context, frames: list[bytes], settings: Settings
) -> None:
    together = [send(course, frames), send(course, frames[3:])]
    analyse(together[0])
    settings.BATCH_SNIPPETS = 1
    alone = [send(course, frames), send(course, frames[3:])]
    for snippet in alone:
        analyse(snippet)
    assert [observation_of(each).score for each in together] == [observation_of(each).score for each in alone]


def test_no_more_are_taken_than_the_setting_says_and_the_longest_waiting_first(
    course: Context, frames: list[bytes], calls: Calls, settings: Settings
) -> None:
    settings.BATCH_SNIPPETS = 3
    waiting = [send(course, frames[:3]) for _ in range(5)]
    analyse(waiting[4])
    assert states(*waiting) == ["measured", "measured", "received", "received", "measured"]
    assert calls == [3]


def test_a_message_of_one_that_another_took_along_finds_nothing_to_do(
    course: Context, frames: list[bytes]
) -> None:
    first, second = send(course, frames[:3]), send(course, frames[:3])
    analyse(first)
    analyse(second)
    analyse(second, take_over=True)
    assert StressRecord.objects.count() == 2
    assert attempts(first, second) == [1, 1]


def test_spoiled_frames_fail_alone(course: Context, frames: list[bytes], redis_url: str) -> None:
    good, bad, other = (send(course, frames[:3]) for _ in range(3))
    spoil(bad, redis_url)
    analyse(good)
    assert states(good, bad, other) == ["measured", "failed", "measured"]
    assert Snippet.objects.get(pk=bad.pk).failure == Failure.FRAMES_EXPIRED
    assert left_in_spool(redis_url) == 0


def test_one_that_breaks_the_analyser_fails_alone(
    course: Context, frames: list[bytes], monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    good, bad, other = send(course, frames[:3]), send(course, [b"poison"]), send(course, frames[:3])
    monkeypatch.setattr(Stages, "crops", breaking_at(b"poison"))
    analyse(good)
    assert states(good, bad, other) == ["measured", "failed", "measured"]
    assert Snippet.objects.get(pk=bad.pk).failure == Failure.ANALYSIS_ERROR
    assert left_in_spool(redis_url) == 0


def test_one_whose_file_cannot_be_opened_fails_alone(course: Context, frames: list[bytes]) -> None:
    good, bad, other = (send(course, frames[:3]) for _ in range(3))
    file = open_file_of(bad.session.student, course)
    assert file is not None
    DataKey.objects.filter(pk=file.data_key_id).update(wrapped=b"no key")
    analyse(good)
    assert states(good, bad, other) == ["measured", "failed", "measured"]


def test_a_student_who_took_back_the_yes_is_not_measured_with_the_others(
    course: Context, frames: list[bytes], calls: Calls, redis_url: str
) -> None:
    stays, leaves = send(course, frames[:3]), send(course, frames[:3])
    consent.withdraw_consent(student=leaves.session.student, context=course, at=clock.now())
    analyse(stays)
    assert states(stays, leaves) == ["measured", "discarded"]
    assert calls == []
    assert left_in_spool(redis_url) == 0


def test_a_withdrawal_while_the_batch_is_measured_wins(
    course: Context, frames: list[bytes], monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    stays, leaves = send(course, frames[:3]), send(course, frames[:3])
    whole = analysis.measure_many

    def withdrawn_meanwhile(snippets: Sequence[Sequence[bytes]]) -> list[MeasuredStress]:
        privacy.withdraw(student=leaves.session.student, context=course, at=clock.now())
        return whole(snippets)

    monkeypatch.setattr(analysis, "measure_many", withdrawn_meanwhile)
    analyse(stays)
    assert list(Snippet.objects.values_list("pk", "state")) == [(stays.pk, "measured")]
    assert StressRecord.objects.count() == 1
    assert left_in_spool(redis_url) == 0


def test_one_that_was_tried_before_is_measured_alone_and_is_taken_along_by_nobody(
    course: Context, frames: list[bytes], calls: Calls
) -> None:
    """It may be what killed its worker: a second time it must not take others with it."""
    suspect, other, third = (send(course, frames[:3]) for _ in range(3))
    Snippet.objects.filter(pk=suspect.pk).update(attempts=1)
    analyse(other)
    assert states(suspect, other, third) == ["received", "measured", "measured"]
    fourth = send(course, frames[:3])
    analyse(suspect)
    assert states(suspect, fourth) == ["measured", "received"]
    assert calls == [2]


def test_what_a_dead_worker_took_along_comes_back_with_the_sweep(
    course: Context, frames: list[bytes]
) -> None:
    first, taken = send(course, frames[:3]), send(course, frames[:3])
    claimed = clock.now()
    Snippet.objects.update(state=SnippetState.MEASURING, claimed_at=claimed, attempts=1)
    analyse(first, take_over=True)
    assert states(first, taken) == ["measured", "measuring"]

    later = claimed + CLAIM_HOLDS + timedelta(seconds=1)
    assert services.sweep(at=later).again == (taken.pk,)
    analyse(taken, at=later)
    assert states(taken) == ["measured"]


def test_one_that_was_taken_over_meanwhile_keeps_its_frames_for_its_new_holder(
    course: Context, frames: list[bytes], monkeypatch: pytest.MonkeyPatch, redis_url: str
) -> None:
    first, taken = send(course, frames[:3]), send(course, frames[:3])
    whole = analysis.measure_many

    def taken_over_meanwhile(snippets: Sequence[Sequence[bytes]]) -> list[MeasuredStress]:
        Snippet.objects.filter(pk=taken.pk).update(claimed_at=clock.now(), attempts=2)
        return whole(snippets)

    monkeypatch.setattr(analysis, "measure_many", taken_over_meanwhile)
    analyse(first)
    assert states(first, taken) == ["measured", "measuring"]
    assert left_in_spool(redis_url) == 1
    analyse(taken, take_over=True)
    assert states(taken) == ["measured"]
    assert left_in_spool(redis_url) == 0


def test_without_the_spool_all_are_given_back_for_another_try(
    course: Context, frames: list[bytes], settings: Settings
) -> None:
    first, second = send(course, frames[:3]), send(course, frames[:3])
    settings.SPOOL_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(Transient):
        analyse(first)
    assert states(first, second) == ["received", "received"]


def test_after_the_last_try_without_the_spool_it_has_failed(
    course: Context, frames: list[bytes], settings: Settings
) -> None:
    snippet = send(course, frames[:3])
    Snippet.objects.update(attempts=ATTEMPTS_MAX - 1)
    settings.SPOOL_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(Transient):
        analyse(snippet)
    assert Snippet.objects.get(pk=snippet.pk).failure == Failure.SERVICE_AWAY
