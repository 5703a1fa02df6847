"""Write to the audit chain. Knows nothing of what the subjects are.

Call `record` last in a transaction: from there to its end, other writers wait.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lti_tool.audit.models import Action, AuditEntry, ChainHead
from lti_tool.audit.selectors import verify

__all__ = ["SYSTEM", "Action", "record", "record_each", "verify"]

SYSTEM = "system"
_HEAD = 1


@transaction.atomic
def record(*, actor: str, action: Action, subject: str, purpose: str = "", at: datetime) -> AuditEntry:
    """Append one entry in the caller's transaction: what is rolled back was not done, and is not recorded."""
    return record_each(actor=actor, action=action, subjects=[subject], purpose=purpose, at=at)[0]


@transaction.atomic
def record_each(
    *, actor: str, action: Action, subjects: Sequence[str], purpose: str = "", at: datetime
) -> list[AuditEntry]:
    """Append one entry for each subject; the chain is held once for all of them."""
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=_HEAD)
    entries = []
    for subject in subjects:
        entry = AuditEntry(
            sequence=head.sequence + 1,
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            purpose=purpose,
            previous_hash=head.entry_hash,
        )
        entry.entry_hash = entry.expected_hash()
        head.sequence, head.entry_hash = entry.sequence, entry.entry_hash
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=["sequence", "entry_hash"])
    return entries
