"""`manage.py verify_audit`: is the audit chain whole? Exits 1 with the first broken entry when not."""

from django.core.management.base import BaseCommand, CommandError

from lti_tool.audit.models import AuditEntry
from lti_tool.audit.selectors import verify


class Command(BaseCommand):
    """Walk the chain from its first entry to its head."""

    help = "Check every entry of the audit chain against the hash of the one before it."

    def handle(self, *args: object, **options: object) -> None:
        """Print the number of entries, or fail with the place."""
        broken = verify()
        if broken is not None:
            raise CommandError(f"The audit chain is broken at entry {broken}.")
        self.stdout.write(f"The audit chain is whole: {AuditEntry.objects.count()} entries.")
