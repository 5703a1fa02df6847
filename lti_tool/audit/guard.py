"""Have the database itself refuse to change or delete an entry. What it cannot prevent, the chain proves.

Who owns the tables can take the guard away; who has only the application's own statements cannot pass it.
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE: Final = "audit_auditentry"
SAYS: Final = "An audit entry is never changed or deleted."

_POSTGRESQL: Final = (
    f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$",
    f"CREATE OR REPLACE TRIGGER audit_guard_rows BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE OR REPLACE TRIGGER audit_guard_all BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
_POSTGRESQL_AWAY: Final = (
    f"DROP TRIGGER IF EXISTS audit_guard_rows ON {TABLE}",
    f"DROP TRIGGER IF EXISTS audit_guard_all ON {TABLE}",
    "DROP FUNCTION IF EXISTS audit_refuse()",
)
_SQLITE: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_guard_{verb} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    for verb in ("UPDATE", "DELETE")
)
_SQLITE_AWAY: Final = tuple(f"DROP TRIGGER IF EXISTS audit_guard_{verb}" for verb in ("UPDATE", "DELETE"))

_FITTED: Final = {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
_REMOVED: Final = {"postgresql": _POSTGRESQL_AWAY, "sqlite": _SQLITE_AWAY}
_ASKED: Final = {
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'audit_guard_%' AND tgenabled = 'O'",
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_guard_%'",
}


def fit(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; those that are there already stay."""
    _run(connection, _FITTED.get(connection.vendor, ()))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take them away: for tests, which empty their tables, and for undoing the migration."""
    _run(connection, _REMOVED.get(connection.vendor, ()))


def is_fitted(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database refuses by itself."""
    question = _ASKED.get(connection.vendor)
    if question is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(question)
        return bool(cursor.fetchone()[0] == len(("UPDATE", "DELETE")))


def fit_by_migration(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """As a migration calls it."""
    fit(editor.connection)


def remove_by_migration(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """As a migration calls it when it is undone."""
    remove(editor.connection)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
