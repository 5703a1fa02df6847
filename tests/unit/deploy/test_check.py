"""What the unattended check makes of what it saw."""

from pathlib import Path

import pytest

from deploy.demo.__main__ import _without_a_database
from deploy.demo.check import LONGEST_WAIT_S, CheckFailed, _judge_waits, _percentiles
from deploy.demo.stack import _environment


def test_results_within_the_bound_pass() -> None:
    _judge_waits(_percentiles([0.8, 0.9, LONGEST_WAIT_S]))


def test_a_slow_tail_fails_the_check_though_the_middle_is_quick() -> None:
    with pytest.raises(CheckFailed, match="95 of 100"):
        _judge_waits(_percentiles([0.8, 0.8, 0.8, 0.8, 4.0]))


def test_a_check_leaves_the_database_of_whoever_runs_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.demo.stack._sample_clip", lambda say: "")
    outer = {"DATABASE_URL": "postgres://somewhere/dear", "DATABASE_URL_FILE": "/a/file", "PATH": "/bin"}
    env = _environment(_without_a_database(outer), tmp_path, "redis://localhost/0", 8000, print)
    assert env["DATABASE_URL"] == f"sqlite:///{tmp_path / 'attune.sqlite3'}"
    assert "DATABASE_URL_FILE" not in env
    assert env["PATH"] == "/bin"
