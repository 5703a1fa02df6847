"""What is erased leaves the database's files too, the write-ahead log included."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from lti_tool.vault import journal

ROOT = Path(__file__).resolve().parents[3]
SECRET = os.urandom(64)

SCRIPT = """
import sys
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from lti_tool.core.clock import now
from lti_tool.privacy import services as privacy
from lti_tool.records.models import StressRecord
from tests import factories as make

database = Path(sys.argv[1])
call_command("migrate", verbosity=0)
context = make.make_context()
student = make.consenting(context)
file = make.history(student, context, [[0.1, 0.2], [0.3, 0.4]])
secrets = [bytes(file.data_key.wrapped)] + [bytes(r.sealed) for r in StressRecord.objects.of(file)]

def left():
    held = b"".join(path.read_bytes() for path in database.parent.glob(database.name + "*"))
    return sum(secret in held for secret in secrets)

print("before", left())
privacy.withdraw(student=student, context=context, at=now())
print("after", left())
"""


def test_after_a_withdrawal_neither_the_key_nor_a_record_is_in_the_files(tmp_path: Path) -> None:
    """Read while the connection is open: SQLite tidies up by itself only when the last one closes."""
    database = tmp_path / "attune.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(database)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.stdout.splitlines()[-2:] == ["before 5", "after 0"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A database with a log beside it, in which a secret was written and erased."""
    options = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;", "timeout": 20}
    settings = connection.settings_dict | {"NAME": str(tmp_path / "one.sqlite3"), "OPTIONS": options}
    opened = DatabaseWrapper(settings, alias="one")
    with closing(opened), opened.cursor() as cursor:
        cursor.execute("CREATE TABLE held (secret BLOB)")
        cursor.execute("INSERT INTO held VALUES (%s)", [SECRET])
        cursor.execute("DELETE FROM held")
        yield opened


def in_files(database: DatabaseWrapper) -> bool:
    path = Path(str(database.settings_dict["NAME"]))
    return any(SECRET in file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.mark.django_db
def test_the_journal_is_emptied_and_the_usual_patience_kept(database: DatabaseWrapper) -> None:
    assert in_files(database)
    assert journal.empty_journal(database)
    assert not in_files(database)
    with database.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (20_000,)


@pytest.mark.django_db
def test_a_reader_is_waited_for_briefly_and_the_next_turn_catches_up(
    database: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "WAITS_MS", 20)
    with closing(sqlite3.connect(str(database.settings_dict["NAME"]), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM held").fetchone()
        with database.cursor() as cursor:
            cursor.execute("INSERT INTO held VALUES (%s)", [b"newer than what is being read"])
        assert not journal.empty_journal(database)
        reader.execute("COMMIT")
        assert journal.empty_journal(database)
    assert not in_files(database)
