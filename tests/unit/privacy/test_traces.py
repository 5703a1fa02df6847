"""What a database keeps in its files of what was erased: which tables are written anew, and by whom named."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from lti_tool.privacy import traces
from lti_tool.vault.stores import PackedColumn, stores

RUNBOOK = Path(__file__).resolve().parents[3] / "deploy" / "RUNBOOK.md"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL only")


def test_the_runbook_names_the_tables_that_are_written_anew() -> None:
    """Read from the paragraph, so that neither can grow alone."""
    told = re.search(r"`manage\.py write_anew` does it for (.+?)\.\s", RUNBOOK.read_text(), re.DOTALL)
    assert told is not None
    assert re.findall(r"`(\w+)`", told[1]) == traces.tables()


def test_every_place_of_a_wrapped_key_is_among_them() -> None:
    packed = [store for store in stores() if isinstance(store, PackedColumn)]
    wrapped = {traces.Column(store.model._meta.db_table, store.column) for store in packed}
    assert wrapped | {("vault_datakey", "wrapped")} <= set(traces.columns())
    assert len(packed) >= 3


def test_where_nothing_is_kept_there_is_nothing_to_do(db: None) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps it")
    told = StringIO()
    call_command("write_anew", stdout=told)
    assert "Nothing to do" in told.getvalue()


@on_postgresql
def test_statistics_are_not_taken_of_what_is_sealed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
            "WHERE attstattarget = 0 AND relkind = 'r'"
        )
        assert set(traces.columns()) <= set(cursor.fetchall())


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_one_table_that_is_held_does_not_keep_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "LOCK_PATIENCE", "100ms")
    told, beside = StringIO(), connection.copy()
    try:
        with atomic_on(beside), beside.cursor() as cursor:
            cursor.execute("LOCK TABLE vault_datakey IN ACCESS SHARE MODE")
            with pytest.raises(CommandError, match="vault_datakey"):
                call_command("write_anew", stdout=told)
    finally:
        beside.close()
    written = [line.removesuffix(": written anew") for line in told.getvalue().splitlines()]
    assert written == [table for table in traces.tables() if table != "vault_datakey"]


@contextmanager
def atomic_on(other: BaseDatabaseWrapper) -> Iterator[None]:
    """A transaction of a connection that Django does not know."""
    other.set_autocommit(False)
    yield
    other.rollback()
