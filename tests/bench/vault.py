"""The figures: sealing, opening data keys, a term of one student and its page, a whole course."""

import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lti_tool.core import clock
from lti_tool.domain.stress import Level
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile, SealedSummary, StressRecord
from lti_tool.records.places import place_of
from lti_tool.records.sealed import envelope_of, seal_record
from lti_tool.vault import services as vault
from lti_tool.vault.models import DataKey
from lti_tool.vault.sealing import seal, unseal
from tests import factories as make
from tests.bench.terms import RECORDS, make_term
from tests.transit import running_transit

PAGE_MAY_TAKE_MS = 100
KEYS = (1, 200, 1000)


def run(students: list[int]) -> int:
    """Print a figure a line. Returns 1 when the page takes longer than it may."""
    sealing_speed()
    opening_keys("own keyring")
    with transit_on_this_machine():
        opening_keys("transit engine on this machine")
    page_ms = one_student()
    for count in students:
        whole_course(count)
    return int(page_ms > PAGE_MAY_TAKE_MS)


def tell(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<64} {figure:>16}\n")
    sys.stdout.flush()


def sealing_speed() -> None:
    """Of one record as it is stored, on one core."""
    context = make.make_context()
    file = make.history(make.consenting(context), context, [[0.3]])
    record, key = StressRecord.objects.of(file).get(), vault.open_data_key(file.data_key)
    place = envelope_of(record).binding(place_of(file))
    body = unseal(record.sealed, key, binding=place)
    measured = make.measured(0.3)
    tell("one record in clear", f"{len(body)} bytes")
    tell("seal its bytes", per_second(lambda: seal(body, key, binding=place)))
    tell("unseal its bytes", per_second(lambda: unseal(record.sealed, key, binding=place)))
    tell(
        "seal a measurement, JSON and binding included",
        per_second(lambda: seal_record(record, file, key, measured=measured, level=Level.USUAL, doubt=None)),
    )


def opening_keys(where: str) -> None:
    made = [vault.create_data_key(at=clock.now()).pk for _ in range(max(KEYS))]
    for count in KEYS:
        took = median_ms(partial(vault.open_data_keys, made[:count]))
        tell(f"open {count} data keys, {where}", f"{took:.1f} ms")
    DataKey.objects.filter(pk__in=made).delete()


@contextmanager
def transit_on_this_machine() -> Iterator[None]:
    with running_transit() as server:
        setting = {
            "ATTUNE_KEYRING": "transit",
            "ATTUNE_TRANSIT_URL": server.url,
            "ATTUNE_TRANSIT_TOKEN": server.issue_token(),
        }
        with mock.patch.dict(os.environ, setting):
            yield


def one_student() -> float:
    """A term read as an export reads it; and as the counselor's page, drawn, before and after summaries."""
    at, context = clock.now(), make.make_context()
    file = make_term(context, until=at)
    reader = str(file.student.pseudonym)
    read_ms = median_ms(lambda: records.read_file(file=file, reader=reader, purpose="own view", at=at))
    tell(f"read a term of one student, {RECORDS:,} records", f"{read_ms:.0f} ms")
    counselor = make.enter(make.make_counselor(context, at=at), context)
    address = counselor.address("dashboards:student", file=file.public_id)
    counselor.get(address)  # templates are read once a process
    adding_a_record(file)
    return by_records_and_by_summaries("the counselor's page of it", lambda: counselor.get(address), at)


def adding_a_record(file: MentalHealthFile) -> None:
    """Judged, sealed, audited; with the word that the summary is due."""
    session_id = uuid.uuid4()

    def append() -> None:
        records.append_record(file=file, measured=make.measured(), session_id=session_id, at=clock.now())

    append()
    with CaptureQueriesContext(connection) as statements:
        append()
    of_it = sum(SealedSummary._meta.db_table in query["sql"] for query in statements)
    tell("add a record", f"{median_ms(append, tries=101):.1f} ms")
    tell("statements of it, and of these for the summary", f"{len(statements)}, {of_it}")
    StressRecord.objects.filter(session_id=session_id).delete()
    SealedSummary.objects.filter(session_id=session_id).delete()


def whole_course(students: int) -> None:
    """What an export reads, everything of everybody, file by file; and the list, which has six weeks."""
    at, context = clock.now(), make.make_context()
    counselor = make.make_counselor(context, at=at)
    reader = str(counselor.pseudonym)
    files: list[MentalHealthFile] = []
    of = f"{students} terms, {students * RECORDS:,} records"

    def seal_all() -> None:
        files.extend(make_term(context, until=at) for _ in range(students))

    def read_all() -> None:
        for file in files:
            records.read_file(file=file, reader=reader, purpose="export", at=at)

    tell(f"seal and store {of}", f"{median_ms(seal_all, tries=1):,.0f} ms")
    tell(f"read {of}", f"{median_ms(read_all, tries=1):,.0f} ms")
    page = make.enter(counselor, context)
    address = page.address("dashboards:caseload")
    by_records_and_by_summaries(f"the counselor's list of {students}", lambda: page.get(address), at)


def by_records_and_by_summaries(what: str, act: Callable[[], object], at: datetime) -> float:
    """The same page while every summary is due, which opens every record, and once they are made."""
    before_ms = median_ms(act, tries=1)
    tell(f"{what}, record by record", f"{before_ms:,.0f} ms")
    summarise_ms = median_ms(lambda: summarise_all(at), tries=1)
    tell("summarise its sessions, once", f"{summarise_ms:,.0f} ms")
    after_ms = median_ms(act)
    tell(what, f"{after_ms:,.0f} ms")
    tell("so many times as fast", f"{before_ms / after_ms:.0f}")
    return after_ms


def summarise_all(at: datetime) -> None:
    while records.summarise_sessions(at=at + timedelta(hours=1)):
        pass


def per_second(act: Callable[[], object], *, for_s: float = 1.0) -> str:
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < for_s:
        for _ in range(500):
            act()
        count += 500
    return f"{count / (time.perf_counter() - began):,.0f} /s"


def median_ms(act: Callable[[], object], *, tries: int = 7) -> float:
    """The median of several tries."""
    took = []
    for _ in range(tries):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)
