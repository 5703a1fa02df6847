"""A withdrawal that happens at the same moment wins: nothing is begun or taken in behind it."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from redis import Redis

from lti_tool.capture import services, spool
from lti_tool.capture.errors import SessionEnded
from lti_tool.capture.intake import Submission
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.core import clock
from lti_tool.lti.models import Context
from lti_tool.privacy import services as privacy
from tests import factories as make
from tests.unit.capture.pictures import jpeg

ROOT = Path(__file__).resolve().parents[3]

# The withdrawal is not committed before the other thread stands still at a lock.
SCRIPT = """
import threading, time
import django; django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from lti_tool.capture import services as capture
from lti_tool.consent.errors import ConsentMissing
from lti_tool.core.clock import now
from lti_tool.privacy import services as privacy
from lti_tool.records.selectors import open_files
from tests import factories as make

call_command("migrate", verbosity=0)
context = make.make_context()
student = make.consenting(context)
launch = make.make_launch(student, context)
said = []

def start():
    try:
        capture.start_session(launch=launch, at=now())
        said.append("started")
    except ConsentMissing:
        said.append("refused")
    finally:
        connection.close()

def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0

starter = threading.Thread(target=start)
with transaction.atomic():
    privacy.withdraw(student=student, context=context, at=now())
    starter.start()
    deadline = time.monotonic() + 30
    while not somebody_waits() and time.monotonic() < deadline:
        time.sleep(0.02)
starter.join()
print(*said, "with", open_files().filter(context=context).count(), "files")
"""


@pytest.mark.integration
def test_a_session_that_is_started_during_a_withdrawal_is_refused(postgres_url: str) -> None:
    environment = os.environ | {"DATABASE_URL": postgres_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=100
    )
    assert done.stdout.splitlines()[-1] == "refused with 0 files"


@pytest.fixture
def session(course: Context) -> CaptureSession:
    student = make.consenting(course)
    return services.start_session(launch=make.make_launch(student, course), at=clock.now())


def send(session: CaptureSession) -> None:
    submission = Submission(client_id=uuid.uuid4(), captured_at=clock.now(), frames=(jpeg(),))
    services.accept_snippet(session=session, submission=submission, at=clock.now())


def held_in_spool(redis_url: str) -> list[object]:
    return list(Redis.from_url(redis_url).scan_iter(f"{spool.PREFIX}*"))


def test_a_snippet_on_its_way_in_finds_that_its_session_was_stopped(
    session: CaptureSession, redis_url: str
) -> None:
    as_it_was = CaptureSession.objects.get(pk=session.pk)
    services.stop_session(session=session, at=clock.now())

    with pytest.raises(SessionEnded):
        send(as_it_was)
    assert not Snippet.objects.exists()
    assert held_in_spool(redis_url) == []


def test_a_snippet_on_its_way_in_finds_that_its_session_was_erased(
    session: CaptureSession, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = spool.put

    def withdrawn_meanwhile(*arguments: object) -> bytes:
        wrapped = put(*arguments)  # type: ignore[arg-type]
        privacy.withdraw(student=session.student, context=session.context, at=clock.now())
        return wrapped

    monkeypatch.setattr(spool, "put", withdrawn_meanwhile)
    with pytest.raises(SessionEnded):
        send(session)
    assert not Snippet.objects.exists()
    assert held_in_spool(redis_url) == []
