"""Writers in several processes do not fork the chain, not even when some of them change their minds."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

WRITERS, EACH = 4, 24
TAKEN_BACK = EACH // 4
ROOT = Path(__file__).resolve().parents[3]

SCRIPT = f"""
import multiprocessing
import django; django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from lti_tool.audit import services as audit
from lti_tool.core.clock import now

def note(writer, number):
    audit.record(
        actor=f"writer:{{writer}}", action=audit.Action.FILE_READ, subject=f"file:{{number}}", at=now()
    )

def write(writer):
    for number in range({EACH}):
        with transaction.atomic():
            note(writer, number)
            if number % 4 == 3:
                note(writer, number)
                transaction.set_rollback(True)

call_command("migrate", "audit", verbosity=0)
connection.close()
with multiprocessing.get_context("fork").Pool({WRITERS}) as pool:
    pool.map(write, range({WRITERS}), chunksize=1)
call_command("verify_audit", json=True)
with connection.cursor() as cursor:
    try:
        cursor.execute("DELETE FROM audit_auditentry")
    except django.db.DatabaseError as refused:
        print(refused)
"""  # noqa: S608 - the statement that is to be refused


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.integration)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of either kind, of this test alone."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'audit.sqlite3'}"
        return
    from tests.postgres import running_cluster

    with running_cluster() as url:
        yield url


def test_concurrent_processes_write_one_whole_chain_that_the_database_guards(database_url: str) -> None:
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "lti_tool.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    said, refusal = done.stdout.splitlines()[:2]
    found = json.loads(said)
    assert found["whole"]
    assert found["guarded"]
    assert found["entries"] == found["last"] == WRITERS * (EACH - TAKEN_BACK)
    assert "never changed or deleted" in refusal
