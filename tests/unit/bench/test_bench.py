"""The bench of launches charges each part for itself, and its command tells all of them."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bench.parts import Part
from tests.bench.report import Report
from tests.bench.stopwatch import Stopwatch

ROOT = Path(__file__).resolve().parents[3]


def work(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_what_lies_inside_another_part_is_charged_once() -> None:
    watch = Stopwatch()
    with watch.part("outer"):
        work(0.02)
        watch.timed("inner", work)(0.04)
        work(0.02)

    spent = watch.take()

    assert spent.seconds["outer"] == pytest.approx(0.04, abs=0.01)
    assert spent.seconds["inner"] == pytest.approx(0.04, abs=0.01)
    assert spent.times == {"outer": 1, "inner": 1}
    assert watch.take().whole == 0


def test_nothing_is_charged_outside_of_every_part() -> None:
    watch = Stopwatch()
    with watch.part("only"):
        pass
    work(0.02)
    with watch.part("only"):
        pass

    assert watch.take().whole < 0.01


@pytest.fixture(scope="module")
def told() -> Report:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "tests.bench.launch", "--rounds", "3", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def test_every_part_of_a_launch_was_found(told: Report) -> None:
    launch = told["returning person"]["whole_launch"]

    elsewhere = {Part.CONNECTION, Part.TEMPLATE}  # made once for many; shown by the page that follows
    assert {part for part in Part if not launch["parts_ms"][part.name.lower()]} == elsewhere
    assert told["returning person"]["page"]["parts_ms"]["template"] > 0


def test_a_launch_is_its_login_and_its_answer(told: Report) -> None:
    for steps in told.values():
        login, launch, whole = (steps[step]["statements"] for step in ("login", "launch", "whole_launch"))
        assert login + launch == whole
