"""The demonstration's workers are told apart: one that answers does not make the other look ready."""

import os
from pathlib import Path

import pytest

from deploy.demo.broker import running_broker
from deploy.demo.parts import chores_part, worker_part
from deploy.demo.supervisor import supervised

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.integration
def test_a_worker_for_chores_is_ready_and_the_one_that_measures_is_not(tmp_path: Path) -> None:
    with running_broker(tmp_path) as url, supervised(tmp_path / "logs", ROOT) as supervisor:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lti_tool.settings",
            "REDIS_URL": url,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'attune.sqlite3'}",
        }
        chores, measuring = chores_part(env), worker_part(env)

        supervisor.start(chores)

        assert not measuring.ready()
