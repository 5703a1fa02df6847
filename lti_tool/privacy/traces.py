"""What PostgreSQL keeps in its own files of what was erased, and how that goes. Opens nothing.

Two things outlive a row there. A plain VACUUM frees its place and leaves its bytes until something else is
written over them; only a table that is written anew has none of them. And ANALYZE copies values of a column
into a catalog: for sealed bytes and names that helps no query, so it is told not to.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField

from lti_tool.lti.models import Launch, PlatformUser

NAMES: Final = ((PlatformUser, "name"), (Launch, "name"))
"""Where a person's name lies in clear as long as it may."""
LOCK_PATIENCE: Final = "30s"


class Column(NamedTuple):
    """Of which an erasure, or a change of keys, must leave nothing."""

    table: str
    name: str


def columns() -> Iterator[Column]:
    """Everything that is sealed or wrapped, in every room, and names."""
    for model in apps.get_models():
        sealed = (field for field in model._meta.fields if isinstance(field, BinaryField))
        yield from (Column(model._meta.db_table, str(field.column)) for field in sealed)
    yield from (Column(model._meta.db_table, name) for model, name in NAMES)


def tables() -> list[str]:
    """Those of these columns. The RUNBOOK names the same ones; a test says so."""
    return sorted({column.table for column in columns()})


def keep_out_of_statistics(connection: BaseDatabaseWrapper) -> None:
    """From now on ANALYZE copies nothing of these columns. Other databases have no such copies."""
    if connection.vendor != "postgresql":
        return
    present, quoted = set(connection.introspection.table_names()), connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, column in columns():
            if table in present:
                cursor.execute(f"ALTER TABLE {quoted(table)} ALTER COLUMN {quoted(column)} SET STATISTICS 0")


def write_anew(connection: BaseDatabaseWrapper, table: str) -> None:
    """Write what is left of a table into a new file, and drop the old one. The table waits meanwhile.

    Raises OperationalError when somebody holds the table for longer than LOCK_PATIENCE.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = %s", [LOCK_PATIENCE])
        cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(table)}")
