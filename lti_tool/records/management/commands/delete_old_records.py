"""`manage.py delete_old_records`: let go of records older than their lifetime. Meant for a daily timer."""

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.core.clock import now
from lti_tool.records.services import delete_old_records


class Command(BaseCommand):
    """Delete, or with --dry-run only count."""

    help = "Delete records that have lived their time (domain.retention)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a look before the deed."""
        parser.add_argument("--dry-run", action="store_true", help="count only")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        """Print the number of records."""
        count = delete_old_records(at=now(), dry_run=dry_run)
        self.stdout.write(f"{count} records {'are over their time' if dry_run else 'deleted'}.")
