"""Look for pieces of what must have vanished: in every table, file and key of the broker."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
from psycopg import sql

PIECE = 16
"""Bytes. Long enough that no other bytes are the same by chance."""


class Leftovers:
    """Counts how many pieces of each kind are found."""

    def __init__(self, wanted: Iterable[tuple[str, bytes]]) -> None:
        self.kinds: dict[bytes, str] = {}
        for kind, secret in wanted:
            for start in {0, max(0, len(secret) // 2 - PIECE // 2), max(0, len(secret) - PIECE)}:
                piece = secret[start : start + PIECE]
                if len(piece) == PIECE:
                    self.kinds[piece] = kind

    def pieces_in(self, hay: Iterable[bytes]) -> Counter[str]:
        """The different pieces found, by their kind."""
        found: set[bytes] = set()
        for straw in hay:
            found.update(
                straw[i : i + PIECE]
                for i in range(len(straw) - PIECE + 1)
                if straw[i : i + PIECE] in self.kinds
            )
        return Counter(self.kinds[piece] for piece in found)


def every_cell(database_url: str) -> Iterator[tuple[str, bytes]]:
    """Each column of each row of each table, with the table's name, asked of the database itself."""
    of = _rows_of_sqlite if database_url.startswith("sqlite") else _rows_of_postgres
    yield from ((table, _bytes(cell)) for table, row in of(database_url) for cell in row)


def every_file(folder: Path) -> list[bytes]:
    """The content of every file under a folder, logs and journals among them."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def every_raw_file(connection: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """PostgreSQL's own files of this database as they lie on the disk, with the table they belong to.

    Indexes, and what is kept apart because it is long, count as their table's. The log is elsewhere.
    """
    connection.execute("CHECKPOINT")
    data, oid = connection.execute(
        "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
    ).fetchone() or ("", 0)
    owners: dict[str, str] = dict(connection.execute(_OWNERS).fetchall())
    for path in (Path(data) / "base" / str(oid)).iterdir():
        # The server takes files away while it runs; one that is gone holds nothing.
        with suppress(FileNotFoundError):
            yield owners.get(re.split(r"[._]", path.name)[0], path.name), path.read_bytes()


_OWNERS = """
SELECT regexp_replace(pg_relation_filepath(r.oid), '.*/', ''), coalesce(owner.relname, r.relname)
FROM pg_class r
LEFT JOIN pg_index i ON i.indexrelid = r.oid
LEFT JOIN pg_class t ON t.reltoastrelid = coalesce(i.indrelid, r.oid)
LEFT JOIN pg_class owner ON owner.oid = coalesce(t.oid, i.indrelid)
WHERE pg_relation_filepath(r.oid) IS NOT NULL
"""


def _rows_of_sqlite(database_url: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            yield from ((table, row) for row in connection.execute(f'SELECT * FROM "{table}"'))  # noqa: S608


def _rows_of_postgres(database_url: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    with psycopg.connect(database_url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            rows = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            yield from ((table, row) for row in rows)


def _bytes(cell: object) -> bytes:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell)
    return str(cell).encode()
