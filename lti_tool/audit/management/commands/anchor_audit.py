"""`manage.py anchor_audit`: leave the audit's head at every place outside, now."""

from django.core.management.base import BaseCommand, CommandError

from lti_tool.audit.services import AnchoringFailed, anchor_head
from lti_tool.core.clock import now


class Command(BaseCommand):
    """What the clock does every hour, by hand."""

    help = "Leave the head of the audit chain at every place that ATTUNE_AUDIT_ANCHORS names."

    def handle(self, *args: object, **options: object) -> None:
        """Print where, or fail with where not."""
        try:
            states = anchor_head(at=now())
        except AnchoringFailed as failed:
            raise CommandError(str(failed)) from failed
        if not states:
            raise CommandError("ATTUNE_AUDIT_ANCHORS names no place.")
        for state in states:
            self.stdout.write(f"Entry {state.sequence} is anchored at {state.label}.")
