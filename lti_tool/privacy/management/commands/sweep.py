"""`manage.py sweep`: let go of everything whose time is over. The clock does the same once a day."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.privacy.services import SweepIncomplete, due, sweep


class Command(BaseCommand):
    """Let go, or with --dry-run only say of what."""

    help = "Let go of all data that has lived its time (docs/retention.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a look before the deed."""
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        """Print a line for each kind of data."""
        if dry_run:
            for kind, number, oldest in due(at=now()):
                age = f", the oldest of {oldest:%Y-%m-%d %H:%M}" if oldest else ""
                self.stdout.write(f"{kind}: {number} would go{age}")
            return
        try:
            gone = sweep(at=now())
        except SweepIncomplete as incomplete:
            raise CommandError(str(incomplete)) from incomplete
        for kind, count in gone.items():
            self.stdout.write(f"{kind}: {count} let go")
