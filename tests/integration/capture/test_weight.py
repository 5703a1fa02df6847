"""The worker carries what it needs to measure, and no training framework."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.capture.house import House, StudentBrowser, face_frames

pytestmark = pytest.mark.integration


def test_a_worker_that_measures_stays_under_300_mb_without_tensorflow(
    house: House, student: StudentBrowser, record_testsuite_property: Callable[[str, object], None]
) -> None:
    worker = house.start_worker()
    for _ in range(5):
        student.measured(face_frames())
    for pid in (worker.pid, house.child_of(worker)):
        megabytes = _status_kb(pid, "VmRSS") / 1024
        record_testsuite_property(f"worker_rss_mb_{'head' if pid == worker.pid else 'pool'}", megabytes)
        assert megabytes < 300
        assert "tensorflow/" not in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")


def _status_kb(pid: int, name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    assert found is not None
    return int(found[1])
