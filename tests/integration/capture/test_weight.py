"""The worker carries what it needs to measure, and no training framework."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.capture.house import House, StudentBrowser, face_frames
from tests.integration.capture.look import resident_mb

pytestmark = pytest.mark.integration


def test_a_worker_that_measures_stays_under_300_mb_without_tensorflow(
    house: House, student: StudentBrowser, record_testsuite_property: Callable[[str, object], None]
) -> None:
    worker = house.start_worker()
    for _ in range(5):
        student.measured(face_frames())
    for pid in (worker.pid, house.child_of(worker)):
        megabytes = resident_mb(pid)
        record_testsuite_property(f"worker_rss_mb_{'head' if pid == worker.pid else 'pool'}", megabytes)
        assert megabytes < 300
        assert "tensorflow/" not in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
