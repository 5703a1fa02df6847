"""The key-encryption key is changed while processes read and write: nobody notices."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.vault.conftest import ONE, TWO

ROOT = Path(__file__).resolve().parents[3]


def change_keys(database_url: str, folder: Path) -> None:
    kek = folder / "kek"
    kek.touch(mode=0o600)
    kek.write_text(f"v1:{ONE}", encoding="utf-8")
    environment = {
        **{name: value for name, value in os.environ.items() if name != "ATTUNE_KEK"},
        "ATTUNE_SECRET_KEY": "only-for-this",
        "ATTUNE_KEK_FILE": str(kek),
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "lti_tool.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.vault.rewrap_under_load", ONE, TWO],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["faults"] == {}
    assert found["read"] > 10
    assert found["written"] > 0
    assert found["destroyed"] > 0
    assert found["versions"] == ["v2"]
    assert found["same_keys"]
    assert found["revived"] == 0


@pytest.mark.integration
def test_on_sqlite(tmp_path: Path) -> None:
    change_keys(f"sqlite:///{tmp_path / 'attune.sqlite3'}", tmp_path)


@pytest.mark.integration
def test_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    change_keys(postgres_url, tmp_path)
