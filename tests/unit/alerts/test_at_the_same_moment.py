"""Two who do something with a case at the same moment: one waits, and nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 12

PROLOGUE = """
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from uuid import uuid4
import django; django.setup()
from django.core.management import call_command
from django.db import DatabaseError
from lti_tool.alerts import services
from lti_tool.alerts.errors import CaseMissing, StepNotNow
from lti_tool.alerts.models import Case, Word
from lti_tool.audit.models import AuditEntry
from lti_tool.core.errors import AttuneError
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.selectors import open_files
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases

call_command("migrate", verbosity=0)
context = make.make_context()
counselors = [make.make_counselor(context, name=name) for name in ("Cora", "Cato")]

def together(*tasks):
    barrier = Barrier(len(tasks))
    def run(task):
        barrier.wait()
        try:
            task()
        except (CaseMissing, StepNotNow) as refused:
            return type(refused).__name__
        except DatabaseError as error:
            return repr(error)
        return "done"
    with ThreadPoolExecutor(len(tasks)) as pool:
        return sorted(pool.map(run, tasks))
"""

ACKNOWLEDGED = """
for _ in range({rounds}):
    case = cases.asked(make.make_student(context), context)
    do = partial(services.take_step, case=case, step=Step.ACKNOWLEDGE, at=NOW)
    steps = [partial(do, by=counselor) for counselor in counselors]
    print(*together(*steps), case.steps.count())
"""

ASKED_WHILE_CLOSED = """
for _ in range({rounds}):
    student = make.make_student(context)
    case = cases.asked(student, context)
    told = together(
        lambda: services.close(case=case, by=counselors[0], reason=ClosingReason.HELPED, at=NOW),
        lambda: cases.asked(student, context, at=NOW),
        lambda: cases.asked(student, context, at=NOW),
    )
    of_case = AuditEntry.objects.filter(subject=f"case:{{case.public_id}}").order_by("sequence")
    actions = list(of_case.values_list("action", flat=True))
    late = actions[actions.index("case_step") + 1 :]
    print(*told, Word.objects.filter(case__student=student).count(), "late:", *late)
"""

WITHDRAWN = """
for _ in range({rounds}):
    student = make.consenting(context, at=NOW - timedelta(days=60))
    file = make.history(student, context, [*cases.ORDINARY, *cases.TENSE], apart=2 * cases.DAY, until=NOW)
    records.summarise_sessions(at=NOW + timedelta(minutes=5))
    case = cases.raised(file)
    def measured():
        try:
            records.append_record(file=file, measured=make.measured(), session_id=uuid4(), at=NOW)
        except AttuneError:
            pass
    told = together(
        lambda: privacy.withdraw(student=student, context=context, at=NOW),
        lambda: services.take_step(case=case, by=counselors[0], step=Step.ACKNOWLEDGE, at=NOW),
        lambda: services.look_at(file_id=file.pk, at=NOW),
        measured,
    )
    told = ["done" if t == "CaseMissing" else t for t in told]
    print(*told, Case.objects.filter(student=student).count(), open_files().filter(student=student).count())
"""


def lines(script: str, database_url: str) -> set[str]:
    """What the rounds said, each kind of line once."""
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PROLOGUE + script.format(rounds=ROUNDS)],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=170,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return set(done.stdout.splitlines())


@pytest.mark.integration
def test_of_two_acknowledgements_one_comes_late(postgres_url: str) -> None:
    assert lines(ACKNOWLEDGED, postgres_url) == {"StepNotNow done 1"}


@pytest.mark.integration
def test_a_wish_at_the_moment_of_closing_is_kept_in_a_case(postgres_url: str) -> None:
    assert lines(ASKED_WHILE_CLOSED, postgres_url) == {"done done done 3 late:"}


@pytest.mark.integration
def test_a_withdrawal_wins_over_work_a_look_and_a_measurement(postgres_url: str) -> None:
    assert lines(WITHDRAWN, postgres_url) == {"done done done done 0 0"}
