"""Two workers, each with work of its own: neither takes or waits for what is the other's."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.capture.house import House, StudentBrowser, await_that, face_frames
from tests.integration.capture.look import queued_arguments, resident_mb

pytestmark = pytest.mark.integration

CHORE = "lti_tool.privacy.tasks.sweep"
HEAVY = ("/cv2/", "/mediapipe/", "/ai_edge_litert/", "/numpy/", "/tensorflow/")
SEND = f"""
import django
django.setup()
from lti_tool.celery import app
app.send_task("{CHORE}")
"""


def _did(house: House, worker: "subprocess.Popen[bytes]", task: str) -> bool:
    return any(task in line and "succeeded" in line for line in house.log_of(worker).splitlines())


def test_a_worker_for_chores_does_them_and_leaves_every_snippet(
    house: House, student: StudentBrowser, record_testsuite_property: Callable[[str, object], None]
) -> None:
    light = house.start_worker(queue="chores")
    sent = student.send(face_frames()).json()["snippet"]
    house.run("-c", SEND)
    await_that(lambda: _did(house, light, CHORE))

    assert len(queued_arguments(house.redis_url, "snippets")) == 1
    assert "analyse_snippet[" not in house.log_of(light)
    for part, pid in (("head", light.pid), ("pool", house.child_of(light))):
        record_testsuite_property(f"chores_rss_mb_{part}", resident_mb(pid))
        assert resident_mb(pid) < 150
        mapped = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
        assert [library for library in HEAVY if library in mapped] == []

    house.start_worker()
    assert await_that(lambda: student.ended(sent))["state"] == "measured"


def test_a_snippet_is_measured_while_chores_wait(house: House, student: StudentBrowser) -> None:
    measuring = house.start_worker()
    house.run("-c", SEND)

    student.measured(face_frames())

    assert len(queued_arguments(house.redis_url, "chores")) == 1
    assert CHORE + "[" not in house.log_of(measuring)


@pytest.mark.parametrize(("queue", "starts"), [("chores", True), ("snippets", False)])
def test_only_a_worker_that_measures_must_be_able_to(
    house: House, monkeypatch: pytest.MonkeyPatch, queue: str, starts: bool
) -> None:
    monkeypatch.setenv("ATTUNE_INFERENCE_RUNTIME", "keras")  # not in this environment

    worker = house.start_worker(queue=queue, wait=False)
    await_that(lambda: " ready." in house.log_of(worker) or worker.poll() is not None)

    assert (worker.poll() is None) is starts
    assert ("cannot measure" in house.log_of(worker)) is not starts


def test_a_worker_with_a_misspelt_queue_does_not_start(house: House) -> None:
    worker = house.start_worker(queue="snipets", wait=False)

    assert await_that(lambda: worker.poll() is not None and worker.returncode)
    assert "snipets" in house.log_of(worker)
