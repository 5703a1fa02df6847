"""`manage.py verify_audit` says what was found, to people and to machines, and by its exit status."""

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action, AuditEntry
from tests.factories.times import NOW
from tests.unit.audit.forgery import rewrite_from, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chain() -> None:
    audit.record_each(
        actor="system", action=Action.FILE_READ, subjects=[f"file:{n}" for n in range(5)], at=NOW
    )


def run(**options: object) -> tuple[int, str]:
    """Exit status and what was printed."""
    out = StringIO()
    try:
        call_command("verify_audit", stdout=out, **options)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def run_json(**options: object) -> dict[str, Any]:
    out = StringIO()
    with suppress(CommandError):
        call_command("verify_audit", stdout=out, json=True, **options)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def anchor(folder: Path, *sequences: int) -> Path:
    file = folder / "anchors.jsonl"
    known = AuditEntry.objects.filter(sequence__in=sequences).values("sequence", "entry_hash")
    file.write_text("".join(f"{json.dumps(row)}\n" for row in known), encoding="utf-8")
    return file


def test_a_whole_chain_is_named_by_its_ends() -> None:
    status, said = run()
    assert status == 0
    assert "whole: 5 entries" in said
    assert f"First: 1, of {NOW.isoformat()}." in said
    assert f"Last: 5, of {NOW.isoformat()}." in said
    assert "its triggers are not in place" in said, "tests take them away"
    assert "entries per second" in said


def test_a_broken_one_fails_with_the_place_and_the_reason() -> None:
    rows(3).update(actor="administrator")
    status, said = run()
    assert status == 1
    assert "broken at entry 3: its content is not the one that was hashed" in said
    assert "whole up to there: 2 entries" in said


def test_machines_get_one_object() -> None:
    found = run_json()
    assert (found["whole"], found["entries"], found["first"], found["last"]) == (True, 5, 1, 5)
    assert found["last_hash"] == AuditEntry.objects.get(sequence=5).entry_hash

    rewrite_from(3)
    rows(4).update(purpose="x")
    found = run_json()
    assert (found["whole"], found["broken_at"], found["in_doubt_after"], found["fault"]) == (
        False,
        4,
        3,
        "changed",
    )


def test_a_file_of_anchors_finds_what_the_chain_cannot(tmp_path: Path) -> None:
    file = anchor(tmp_path, 2, 5)
    assert "Anchors compared: 2" in run(anchors=file)[1]
    rewrite_from(4)
    assert run()[0] == 0
    status, said = run(anchors=file)
    assert status == 1
    assert "between entries 3 and 5: an anchor from outside holds another hash" in said


def test_anchors_that_cannot_be_read_are_no_proof_of_anything(tmp_path: Path) -> None:
    spoiled = tmp_path / "anchors.jsonl"
    spoiled.write_text("not an anchor\n", encoding="utf-8")
    assert run(anchors=spoiled) == (2, "The anchors cannot be read: Line 1 is not an anchor.")
    assert run(anchors=tmp_path / "nowhere")[0] == 2


def test_it_can_begin_behind_an_anchor() -> None:
    entry_hash = AuditEntry.objects.get(sequence=3).entry_hash
    out = StringIO()
    call_command("verify_audit", f"--after=3:{entry_hash}", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["entries"], found["first"], found["last"]) == (2, 4, 5)


@pytest.mark.parametrize("text", ["3", "x:y", "-1:abc", ":"])
def test_a_beginning_that_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(CommandError):
        call_command("verify_audit", f"--after={text}")
