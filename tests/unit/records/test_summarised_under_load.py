"""While records come late, sessions are summarised and read by several at once, no read misses a record."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.records.summarised_under_load import SESSIONS, SNIPPETS

ROOT = Path(__file__).resolve().parents[3]


def work_together(database_url: str) -> None:
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-W", "ignore", "-m", "tests.unit.records.summarised_under_load"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["added"] == found["snippets"] == found["records"] == SESSIONS * SNIPPETS
    assert found["never_less"]
    assert found["same"]
    assert found["made"] > SESSIONS
    assert found["reads"] > SESSIONS


@pytest.mark.integration
def test_on_sqlite(tmp_path: Path) -> None:
    work_together(f"sqlite:///{tmp_path / 'attune.sqlite3'}")


@pytest.mark.integration
def test_on_postgresql(postgres_url: str) -> None:
    work_together(postgres_url)
