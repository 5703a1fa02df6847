"""The supervisor's promises, with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.demo.supervisor import Part, PartLost, supervised

WITH_CHILD = "sleep 300 & echo $! > child; wait"
SUPERVISE = """
import os, sys, time
from pathlib import Path
from deploy.demo.supervisor import Part, supervised
folder = Path(sys.argv[1])
part = Part("sleeper", ("sh", "-c", "echo $$ > pid; exec sleep 300"), os.environ, (folder / "pid").exists)
with supervised(folder / "logs", folder) as supervisor:
    supervisor.start(part)
    time.sleep(300)
"""


def part(script: str, ready: Callable[[], bool] = lambda: True) -> Part:
    return Part("part", ("sh", "-c", script), os.environ, ready, 5)


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], bool], limit_s: float = 10) -> bool:
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_children_of_a_part_end_with_it(tmp_path: Path) -> None:
    with supervised(tmp_path / "logs", tmp_path) as supervisor:
        supervisor.start(part(WITH_CHILD, (tmp_path / "child").exists))
        child = int((tmp_path / "child").read_text(encoding="ascii"))
        assert alive(child)
    assert wait_for(lambda: not alive(child))


def test_a_part_that_dies_is_started_again(tmp_path: Path) -> None:
    with supervised(tmp_path / "logs", tmp_path) as supervisor:
        supervisor.start(part("exec sleep 300"))
        first = supervisor.pid("part")
        os.kill(first, signal.SIGKILL)
        assert wait_for(lambda: supervisor.look_after() == ["part"])
        assert supervisor.pid("part") != first


def test_a_part_that_dies_again_and_again_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    with supervised(tmp_path / "logs", tmp_path) as supervisor:
        supervisor.start(part("echo no luck today"))
        with pytest.raises(PartLost, match="no luck today"):
            supervisor.watch(pause_s=0.05)


def test_a_part_that_never_gets_ready_is_given_up(tmp_path: Path) -> None:
    with supervised(tmp_path / "logs", tmp_path) as supervisor, pytest.raises(PartLost):
        supervisor.start(part("echo cannot; exit 3", lambda: False))


def test_nothing_outlives_a_supervisor_that_is_killed_outright(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen([sys.executable, "-c", SUPERVISE, str(tmp_path)], cwd=root)
    assert wait_for((tmp_path / "pid").exists)
    sleeper = int((tmp_path / "pid").read_text(encoding="ascii"))
    process.kill()
    process.wait()
    assert wait_for(lambda: not alive(sleeper))
