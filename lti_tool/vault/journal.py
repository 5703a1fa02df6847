"""Empty the journal of a database that keeps the past in one. Knows nothing of what was erased.

SQLite's write-ahead log holds pages as they were until it is written over: also keys, and what they sealed.
PostgreSQL has no such call: there, `manage.py write_anew` and the archive's own lifetime decide
(deploy/RUNBOOK.md).
"""

import logging

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger(__name__)

# Short: while it waits for readers, nobody else can write.
WAITS_MS = 500
TRIES = 4


def empty_after_commit() -> None:
    """Empty the journal as soon as what is being erased is erased for good; log it when that cannot be."""
    transaction.on_commit(_empty_or_log, robust=True)


def empty_journal(connection: BaseDatabaseWrapper) -> bool:
    """Write the journal into the database and cut it to nothing. False: somebody was reading."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual_wait = int(cursor.fetchone()[0])
        try:
            cursor.execute(f"PRAGMA busy_timeout = {WAITS_MS}")
            return any(_truncated(connection) for _ in range(TRIES))
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual_wait}")


def _truncated(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy


def _empty_or_log() -> None:
    if not empty_journal(connections[DEFAULT_DB_ALIAS]):
        log.warning(
            "Something was erased while somebody was reading; the journal is emptied at the next turn."
        )
