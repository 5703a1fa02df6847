"""How many audit entries a second: written by one, by four at once, and verified. `make bench-audit`.

Run under a DATABASE_URL of its own: it migrates the audit's tables and fills them.
"""

import multiprocessing
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

ENTRIES, WRITERS = 4000, 4
LONG = 100_000
FILES = [f"file:{uuid.uuid4()}" for _ in range(500)]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", "audit", verbosity=0)
    say(f"{connection.vendor}, each entry in a transaction of its own")
    say(f"  one writer     {rate(lambda: write(ENTRIES), ENTRIES):7.0f} entries/s")
    connection.close()
    say(f"  {WRITERS} processes    {rate(write_together, ENTRIES):7.0f} entries/s together")
    fill(LONG)
    seconds, peak = verify()
    say(f"  verified       {count() / seconds:7.0f} entries/s of {count()}, {peak:.0f} MB at most")
    say(f"  space          {bytes_on_disk() / count():7.0f} bytes an entry, indexes included")
    plan()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def rate(work: Callable[[], object], entries: int) -> float:
    began = time.perf_counter()
    work()
    return entries / (time.perf_counter() - began)


def write(entries: int) -> None:
    from lti_tool.audit import services as audit
    from lti_tool.core.clock import now

    actor = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
    for number in range(entries):
        subject = FILES[number % len(FILES)]
        audit.record(
            actor=actor, action=audit.Action.FILE_READ, subject=subject, purpose="caseload", at=now()
        )


def write_together() -> None:
    with multiprocessing.get_context("fork").Pool(WRITERS) as pool:
        pool.map(write, [ENTRIES // WRITERS] * WRITERS, chunksize=1)


def fill(entries: int) -> None:
    from lti_tool.audit import services as audit
    from lti_tool.core.clock import now

    for start in range(0, entries, 2000):
        subjects = [FILES[number % len(FILES)] for number in range(start, start + 2000)]
        audit.record_each(
            actor=audit.SYSTEM, action=audit.Action.RECORD_APPENDED, subjects=subjects, at=now()
        )


def verify() -> tuple[float, float]:
    import resource

    from lti_tool.audit import services as audit

    began = time.perf_counter()
    walk = audit.verify()
    assert walk.finding is None, walk.finding
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def count() -> int:
    from lti_tool.audit.models import AuditEntry

    return AuditEntry.objects.count()


def bytes_on_disk() -> int:
    from django.db import connection

    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('audit_auditentry')")
        return int(cursor.fetchone()[0])


def plan() -> None:
    """How the database finds whether something was recorded."""
    from lti_tool.audit.models import Action, AuditEntry

    asked = AuditEntry.objects.filter(subject=FILES[7], action=Action.FILE_READ, actor="x")
    say("  " + asked.order_by().explain().splitlines()[0].strip())


if __name__ == "__main__":
    if "DATABASE_URL" in os.environ:
        main()
    else:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/audit.sqlite3"
            main()
