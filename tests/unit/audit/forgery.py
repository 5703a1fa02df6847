"""What somebody can do who reaches the tables themselves."""

from django.db.models import QuerySet

from lti_tool.audit.models import AuditEntry, ChainHead
from lti_tool.audit.verification import BEGINNING


def rows(*sequences: int) -> "QuerySet[AuditEntry]":
    """Entries, as the database has them: without our own refusals."""
    everything: QuerySet[AuditEntry] = QuerySet(AuditEntry)
    return everything.filter(sequence__in=sequences) if sequences else everything


def rewrite_from(place: int) -> None:
    """Change an entry and make every hash after it, and the head, fit again: as a thorough forger would."""
    before = AuditEntry.objects.filter(sequence__lt=place).order_by("sequence").last()
    previous = before.entry_hash if before else BEGINNING.entry_hash
    rows(place).update(actor="administrator")
    for entry in AuditEntry.objects.filter(sequence__gte=place).order_by("sequence"):
        entry.previous_hash = previous
        previous = entry.expected_hash()
        rows(entry.sequence).update(previous_hash=entry.previous_hash, entry_hash=previous)
    ChainHead.objects.update(entry_hash=previous)
