"""Processes add records to one file, have its sessions summarised, sweep and read it, all at once.

Run as a program with DATABASE_URL set, on an empty database; prints one line of JSON.
"""

import json
import multiprocessing
import sys
import time
import uuid
from datetime import timedelta
from multiprocessing.synchronize import Event

import django

SESSIONS, SNIPPETS = 3, 40
PACE = timedelta(seconds=10)


def add(session: int) -> int:
    """One session, from its last snippet to its first: every record comes late."""
    from lti_tool.core.clock import now
    from lti_tool.records import services as records
    from lti_tool.records.models import MentalHealthFile
    from tests import factories as make

    file, session_id = MentalHealthFile.objects.get(), uuid.UUID(int=session)
    begun = now() - timedelta(days=session + 1)
    for place in reversed(range(SNIPPETS)):
        measured = make.measured(0.2 + place / 100)
        records.append_record(file=file, measured=measured, session_id=session_id, at=begun + place * PACE)
        time.sleep(0.01)  # SQLite has one writer, and gives the lock to whoever asks first
    return SNIPPETS


def summarise(over: Event) -> int:
    from lti_tool.core.clock import now
    from lti_tool.records import services as records

    made = 0
    while not over.is_set():
        made += records.summarise_sessions(at=now())
    return made


def read(over: Event) -> list[int]:
    """How many snippets each read saw."""
    from lti_tool.core.clock import now
    from lti_tool.records import services as records
    from lti_tool.records.models import MentalHealthFile

    file = MentalHealthFile.objects.select_related("student").get()
    reader, seen = str(file.student.pseudonym), []
    while not over.is_set():
        found = records.read_sessions(file=file, reader=reader, purpose="own_record", at=now())
        seen.append(found.snippets)
    return seen


def run() -> dict[str, object]:
    """What the summaries say in the end, and what the records say."""
    from django.db import connection

    from lti_tool.core.clock import now
    from lti_tool.records import services as records
    from tests import factories as make

    context = make.make_context()
    file = records.open_file(student=make.consenting(context), context=context, at=now())
    connection.close()
    with multiprocessing.Manager() as manager:
        over = manager.Event()
        with multiprocessing.get_context("fork").Pool(SESSIONS + 3) as pool:
            chores = [pool.apply_async(summarise, [over]) for _ in range(2)]
            reads = pool.apply_async(read, [over])
            added = sum(pool.map(add, range(SESSIONS), chunksize=1))
            over.set()
            made, seen = sum(chore.get() for chore in chores), reads.get()
    in_the_end = {"file": file, "reader": str(file.student.pseudonym), "purpose": "own_record", "at": now()}
    from_records = records.read_sessions(**in_the_end)  # type: ignore[arg-type]
    records.summarise_sessions(at=now())
    return {
        "added": added,
        "made": made,
        "reads": len(seen),
        "never_less": seen == sorted(seen),
        "snippets": from_records.snippets,
        "same": records.read_sessions(**in_the_end) == from_records,  # type: ignore[arg-type]
        "records": len(records.read_file(**in_the_end).observations),  # type: ignore[arg-type]
    }


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(run()))
