"""Processes read, append, begin and erase files while the key-encryption key is changed under them.

Run as a program with DATABASE_URL and ATTUNE_KEK_FILE set; prints one line of JSON.
"""

import json
import multiprocessing
import os
import random
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkContext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import django

FILES, KEPT = 60, 25
Tally = dict[str, int]


def put_keys(text: str) -> None:
    """Change the keyring's file in one step, as an administrator would."""
    path = Path(os.environ["ATTUNE_KEK_FILE"])
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def work_until(over: Event, said: "Queue[Tally]", act: Callable[[], str]) -> None:
    """Do one thing again and again; count what came of it, faults by name."""
    from django.db import connection

    done: Counter[str] = Counter()
    connection.close()
    # Who started this may be killed: nobody would say that it is over.
    while not over.is_set() and (parent := multiprocessing.parent_process()) and parent.is_alive():
        try:
            done[act()] += 1
        except Exception as fault:  # whatever it is, it is what this looks for
            done[f"fault: {type(fault).__name__} {fault}"] += 1
    said.put(dict(done))


def read_one() -> str:
    from lti_tool.core.clock import now
    from lti_tool.records import services as records
    from lti_tool.records.models import MentalHealthFile
    from lti_tool.vault.errors import KeyDestroyed

    file = random.choice(list(MentalHealthFile.objects.select_related("student")))  # noqa: S311
    try:
        records.read_file(file=file, reader=str(file.student.pseudonym), purpose="own view", at=now())
    except KeyDestroyed:
        return "erased" if MentalHealthFile.objects.get(pk=file.pk).closed_at else "fault: destroyed"
    return "read"


def write_one() -> str:
    from lti_tool.core.clock import now
    from lti_tool.lti import services as lti
    from lti_tool.lti.models import Context
    from lti_tool.records import services as records
    from lti_tool.records.errors import FileClosed
    from lti_tool.records.selectors import open_files
    from tests import factories as make

    context = Context.objects.get()
    file = random.choice(list(open_files()))  # noqa: S311
    with suppress(FileClosed):
        records.append_record(file=file, measured=make.measured(), session_id=uuid.uuid4(), at=now())
    lti.sign_as_tool(claims={"sub": "signed"}, at=now())
    records.open_file(student=make.make_student(context), context=context, at=now())
    return "written"


def erase_one() -> str:
    from lti_tool.core.clock import now
    from lti_tool.records import services as records
    from lti_tool.records.selectors import open_files

    files = list(open_files().order_by("pk"))
    if len(files) > KEPT:
        records.destroy_file(file=files[0], at=now())
    return "destroyed"


def main(old: str, new: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    from lti_tool.records.models import MentalHealthFile
    from lti_tool.vault import rewrapping
    from lti_tool.vault import services as vault
    from lti_tool.vault.models import DataKey
    from tests import factories as make

    rewrapping.BATCH = 4  # many turns, for others to come between
    call_command("migrate", verbosity=0)
    context = make.make_context()
    for _ in range(FILES):
        make.history(make.consenting(context), context, [[0.2, 0.3]])
    before = vault.open_data_keys(list(DataKey.objects.values_list("pk", flat=True)))
    connection.close()

    fork: ForkContext = multiprocessing.get_context("fork")
    over, said = fork.Event(), fork.Queue()
    acts = (read_one, read_one, write_one, erase_one)
    workers = [fork.Process(target=work_until, args=(over, said, act)) for act in acts]
    for worker in workers:
        worker.start()

    time.sleep(0.5)
    put_keys(f"v2:{new},v1:{old}")
    time.sleep(0.3)  # who wrapped with v1 a moment ago has stored it by now
    call_command("rewrap", stdout=sys.stderr)
    put_keys(f"v2:{new}")
    time.sleep(0.5)
    over.set()
    tally = sum((Counter(said.get(timeout=60)) for _ in workers), Counter[str]())
    for worker in workers:
        worker.join()

    gone = set(MentalHealthFile.objects.exclude(closed_at=None).values_list("data_key_id", flat=True))
    kept = [pk for pk in before if pk not in gone]
    after = vault.open_data_keys(kept)
    revived = DataKey.objects.filter(pk__in=gone).exclude(wrapped=b"").count()
    versions = set(DataKey.objects.filter(destroyed_at=None).values_list("kek_version", flat=True))
    print(  # noqa: T201 - what the test reads
        json.dumps(
            {
                "met_an_erased_one": tally.pop("erased", 0),
                "tried_to_erase": tally.pop("destroyed", 0),
                "read": tally.pop("read", 0),
                "written": tally.pop("written", 0),
                "destroyed": len(gone),
                "faults": dict(tally),
                "same_keys": all(after[pk] == before[pk] for pk in kept),
                "revived": revived,
                "versions": sorted(versions),
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
