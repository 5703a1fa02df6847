"""`manage.py write_anew`: have PostgreSQL write the tables anew in whose files erased bytes may lie."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from lti_tool.privacy.traces import LOCK_PATIENCE, tables, write_anew


class Command(BaseCommand):
    """Each table waits while it is written; all that was erased before is then in no file of theirs."""

    help = "Write the tables anew that hold sealed bytes, keys or names (deploy/RUNBOOK.md)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Table by table; one that is held by somebody does not keep the others from it."""
        if connection.vendor != "postgresql":
            self.stdout.write("Only PostgreSQL keeps such bytes. Nothing to do.")
            return
        held = [table for table in tables() if not self._written(table)]
        if held:
            raise CommandError(f"Held by somebody for {LOCK_PATIENCE}, and as before: {', '.join(held)}")

    def _written(self, table: str) -> bool:
        try:
            write_anew(connection, table)
        except OperationalError:
            return False
        self.stdout.write(f"{table}: written anew")
        return True
