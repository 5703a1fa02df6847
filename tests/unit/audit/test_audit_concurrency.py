"""Writers in several processes do not fork the chain."""

import os
import subprocess
import sys
from pathlib import Path

WRITERS, EACH = 4, 25
ROOT = Path(__file__).resolve().parents[3]

SCRIPT = f"""
import multiprocessing
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from lti_tool.audit import services as audit
from lti_tool.core.clock import now

def write(writer):
    for number in range({EACH}):
        audit.record(actor=f"writer:{{writer}}", action=audit.Action.FILE_READ, subject="file:1", at=now())

call_command("migrate", "audit", verbosity=0)
connection.close()
with multiprocessing.get_context("fork").Pool({WRITERS}) as pool:
    pool.map(write, range({WRITERS}), chunksize=1)
call_command("verify_audit")
"""


def test_concurrent_processes_write_one_whole_chain(tmp_path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'audit.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lti_tool.settings",
    }
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=120
    )

    assert f"whole: {WRITERS * EACH} entries" in done.stdout
