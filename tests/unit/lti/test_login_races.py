"""Whoever shows one state many times at the same moment gets in once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROUNDS, BROWSERS = 25, 4

SCRIPT = f"""
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
import django; django.setup()
from django.core.management import call_command
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import LoginAttempt
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.refusals import LaunchRefused
from tests import factories as make

call_command("migrate", verbosity=0)
registration, at, together = make.make_registration(), now(), Barrier({BROWSERS})

def finishes(state):
    together.wait()
    try:
        services.finish_attempt(state=state, at=at)
    except LaunchRefused:
        return False
    return True

with ThreadPoolExecutor({BROWSERS}) as browsers:
    for number in range({ROUNDS}):
        state = f"state {{number}}"
        LoginAttempt.objects.create(
            registration=registration, state_hash=hash_of(state), nonce_hash="", target_link_uri="",
            created_at=at, expires_at=at + timedelta(minutes=1),
        )
        print(sum(browsers.map(finishes, [state] * {BROWSERS})))
"""


def winners(database_url: str) -> list[int]:
    """How many browsers of each round got in."""
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return [int(line) for line in done.stdout.split()]


@pytest.mark.integration
def test_on_sqlite(tmp_path: Path) -> None:
    assert winners(f"sqlite:///{tmp_path / 'logins.sqlite3'}") == [1] * ROUNDS


@pytest.mark.integration
def test_on_postgresql(postgres_url: str) -> None:
    assert winners(postgres_url) == [1] * ROUNDS
