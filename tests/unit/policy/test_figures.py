"""The committed figures belong to the rules as they are."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from lti_tool.policy import figures
from lti_tool.policy.figures import COMMITTED, committed, fingerprint, sample
from lti_tool.policy.simulation.policies import CANDIDATES
from lti_tool.policy.table import NAMES, rows_of

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "alert-policy.md"
AGAIN = "run manage.py simulate_cohort --write, and look at what has changed"


def test_they_were_made_with_these_rules() -> None:
    assert committed().fingerprint == fingerprint(), AGAIN
    assert committed().is_current


def test_a_few_students_come_out_as_they_did_then() -> None:
    """Also where a rule changed that has no number of its own."""
    assert committed().sample == sample(), AGAIN


def test_a_changed_rule_is_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    monkeypatch.setattr(figures, "CANDIDATES", CANDIDATES[1:])
    assert fingerprint() != before


def test_they_were_made_of_many_and_hold_every_candidate() -> None:
    run = committed()
    assert run.students >= 2000
    assert list(run.policies) == [candidate.name for candidate in CANDIDATES]
    assert set(run.policies) == set(NAMES)
    assert f"--students {run.students} --seed {run.seed} " in run.command


def test_the_default_keeps_its_promise() -> None:
    """At most one false alert in twenty ordinary weeks, with all of its interval."""
    default = committed().policies["default"]
    assert default.specificity is not None
    assert default.specificity.low >= 0.95
    assert default.alerts_per_counselor_week <= 10


def test_what_is_written_is_what_was_read() -> None:
    assert json.loads(COMMITTED.read_text("utf-8")) == json.loads(json.dumps(committed().to_json()))


def test_the_document_shows_the_same_figures() -> None:
    text = DOCUMENT.read_text("utf-8")
    for name, row in zip(committed().policies, rows_of(committed()), strict=True):
        cells = (f"`{name}`", row.found, row.found_long, row.quiet_weeks, row.right, row.days, row.alerts)
        assert f"| {' | '.join(cells)} |" in text


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    in_english = rows_of(committed())[0].quiet_weeks
    with translation.override("es"):
        assert rows_of(committed())[0].quiet_weeks == in_english.replace(".", ",")


def test_the_command_says_that_nobody_is_real() -> None:
    out = StringIO()
    call_command("simulate_cohort", students=3, seed=9, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("3 simulated students, seed 9")
    assert "Not a validation" in lines[0]
    assert len(lines) == 2 + len(CANDIDATES)


def test_the_command_answers_in_json_and_leaves_the_committed_file_alone() -> None:
    before, out = COMMITTED.read_bytes(), StringIO()
    call_command("simulate_cohort", students=3, seed=9, json=True, stdout=out)
    assert json.loads(out.getvalue())["students"] == 3
    assert COMMITTED.read_bytes() == before
