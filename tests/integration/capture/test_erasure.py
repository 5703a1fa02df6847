"""A term of somebody's life here is erased within a second, and nothing of it is found anywhere."""

import base64
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from lti_tool.privacy.traces import columns, tables
from lti_tool.vault import configured
from lti_tool.vault.errors import SealBroken, WrongKey
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.packing import unpack
from lti_tool.vault.wrapping import unwrap
from tests.integration.capture.house import House, StudentBrowser, face_frames
from tests.integration.capture.leftovers import Leftovers, every_cell, every_file, every_raw_file
from tests.integration.capture.look import every_value, spooled

pytestmark = pytest.mark.integration

LIES_THERE = {
    "sealed record",
    "sealed summary",
    "sealed remark",
    "sealed check-in",
    "sealed baseline",
    "sealed alert",
    "sealed word",
    "sealed note",
    "sealed frames",
    "wrapped data key",
    "wrapped case key",
    "wrapped spool key",
    "name",
}
NEVER_IN_CLEAR = {"clear key", "clear words", "clear score", "clear frames"}

OUR_OWN = {"lti_toolkey": 1, "vault_keyproof": 1}
"""Of the tool itself: its signing key, and the proof of the key-encryption key."""


@dataclass
class Places:
    """Everywhere that something could be left."""

    house: House
    leftovers: Leftovers

    def found(self) -> dict[str, int]:
        """By kind, how many different pieces are in tables, files and the broker."""
        broker = [part for key, value in every_value(self.house.redis_url) for part in (key.encode(), value)]
        cells = [cell for _, cell in every_cell(self.house.database_url)]
        return dict(self.leftovers.pieces_in(cells + every_file(self.house.folder) + broker))

    def usable_keys(self) -> dict[str, int]:
        """By table, how many cells somebody with the key-encryption key can unwrap, packed or not."""
        cells = every_cell(self.house.database_url)
        return dict(Counter(table for table, cell in cells if _is_usable(cell)))


def _is_usable(cell: bytes) -> bool:
    with suppress(WrongKey):
        unwrap(WrappedKey(cell, configured.load().current_version()))
        return True
    with suppress(WrongKey, SealBroken, ValueError):
        unwrap(unpack(cell).key)
        return True
    return False


def cpu_seconds(pid: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def places(house: House, student: StudentBrowser) -> Places:
    """No worker runs, so that pictures wait in the spool when everything is erased."""
    return lived(house, student)


def lived(house: House, student: StudentBrowser) -> Places:
    """Somebody's term, and what of it must vanish."""
    frames = face_frames()
    for _ in range(3):
        student.send(frames).raise_for_status()
    told = json.loads(house.run("-m", "tests.integration.capture.live", student.launch))
    wanted = [(kind, base64.b64decode(secret)) for kind, secret in told]
    wanted += [("clear frames", frame[200:]) for frame in frames]
    values = dict(every_value(house.redis_url))
    wanted += [("sealed frames", values[name]) for name in spooled(house.redis_url)]
    student.client.get(f"/l/{student.launch}/held/record.json").raise_for_status()
    student.client.get(f"/l/{student.launch}/held/record.fhir.json").raise_for_status()
    return Places(house, Leftovers(wanted))


def test_nothing_is_left_and_it_takes_less_than_a_second(
    places: Places, student: StudentBrowser, record_testsuite_property: Callable[[str, object], None]
) -> None:
    web = places.house.processes[0].pid
    before = places.found()
    assert set(before) == LIES_THERE
    assert before["sealed record"] == 3 * 3000
    assert set(places.leftovers.kinds.values()) == LIES_THERE | NEVER_IN_CLEAR
    assert places.usable_keys() == OUR_OWN | {"vault_datakey": 2, "capture_snippet": 3}

    cpu, wall = cpu_seconds(web), time.perf_counter()
    erased = student.client.post(f"/l/{student.launch}/withdraw/")
    cpu, wall = cpu_seconds(web) - cpu, time.perf_counter() - wall

    assert erased.status_code == 302
    assert places.found() == {}
    # The receipt stays, as the proof: its key opens a purpose and two counts.
    assert places.usable_keys() == OUR_OWN | {"privacy_receipt": 1}
    for name, seconds in (("erasure_cpu_s", cpu), ("erasure_wall_s", wall)):
        record_testsuite_property(name, round(seconds, 3))
    print(f"erased in {wall:.3f} s, {cpu:.2f} s of the processor's")  # noqa: T201 - shown by -s
    assert cpu < 1


# ---- PostgreSQL's own files, which outlive its rows


@dataclass
class RawFiles:
    """What lies in them, by table: how many different pieces of each kind."""

    connection: psycopg.Connection
    leftovers: Leftovers

    def found(self) -> dict[str, dict[str, int]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for owner, content in every_raw_file(self.connection):
            found[owner].update(self.leftovers.pieces_in([content]))
        return {owner: dict(pieces) for owner, pieces in found.items() if pieces}

    def vacuum(self, *tables: str) -> None:
        for table in tables:
            self.connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(table)))


@pytest.fixture
def raw_student(postgres_house: House) -> StudentBrowser:
    browser = StudentBrowser.enter(postgres_house)
    browser.start()
    return browser


@pytest.fixture
def raw(postgres_house: House, raw_student: StudentBrowser) -> Iterator[RawFiles]:
    """Others came before and stay: a table that is empty afterwards is cut off, and would prove nothing."""
    others = ("-m", "tests.integration.capture.neighbours", raw_student.launch)
    postgres_house.run(*others)
    places = lived(postgres_house, raw_student)
    postgres_house.run(*others)
    with psycopg.connect(postgres_house.database_url, autocommit=True) as connection:
        yield RawFiles(connection, places.leftovers)


def test_once_its_tables_are_written_anew_no_file_of_postgresql_holds_a_piece(
    raw: RawFiles, raw_student: StudentBrowser, postgres_house: House
) -> None:
    raw.connection.execute("ANALYZE")
    before = raw.found()
    assert set(before) <= set(tables())
    assert {kind for found in before.values() for kind in found} == LIES_THERE - {"sealed frames"}

    raw_student.client.post(f"/l/{raw_student.launch}/withdraw/")
    erased = raw.found()
    raw.vacuum(*tables())
    vacuumed = raw.found()
    postgres_house.run("manage.py", "write_anew")

    for when, found in (("before", before), ("erased", erased), ("vacuumed", vacuumed)):
        print(f"{when}: {found}")  # noqa: T201 - shown by -s, and measured for the RUNBOOK
    assert "wrapped data key" in erased["vault_datakey"]
    assert vacuumed, "Then VACUUM would do, and the RUNBOOK says otherwise."
    assert raw.found() == {}


def test_statistics_of_postgresql_hold_nothing_that_is_sealed_and_no_name(raw: RawFiles) -> None:
    """They would be copies that no erasure reaches."""
    raw.connection.execute("ANALYZE")
    sampled = raw.connection.execute("SELECT tablename, attname FROM pg_stats").fetchall()
    assert ("records_stressrecord", "recorded_at") in sampled
    assert not set(sampled) & set(columns())
