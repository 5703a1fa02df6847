"""Append to the audit chain. Knows nothing of what the subjects are, and lets no name in."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lti_tool.audit.models import HEAD, Action, AuditEntry, ChainHead
from lti_tool.audit.pseudonyms import pseudonym_of, require_code, require_place

SYSTEM = "system"


def record(*, actor: str, action: Action, subject: str, purpose: str = "", at: datetime) -> AuditEntry:
    """Append one entry in the caller's transaction: what is rolled back was not done, and is not recorded."""
    return record_each(actor=actor, action=action, subjects=[subject], purpose=purpose, at=at)[0]


def record_each(
    *, actor: str, action: Action, subjects: Sequence[str], purpose: str = "", at: datetime
) -> list[AuditEntry]:
    """Append one entry for each subject; the chain is held once for all of them.

    An actor that is no pseudonym yet becomes one. Raises ValueError for a subject or a purpose in words of
    somebody's own: they could name a person.
    """
    require_code(purpose)
    for subject in subjects:
        require_place(subject)
    entries = [
        AuditEntry(at=at, actor=pseudonym_of(actor), action=action, subject=subject, purpose=purpose)
        for subject in subjects
    ]
    _append(entries)
    return entries


# Without a savepoint of its own: a caller who swallowed a failed entry could still commit what it was for.
@transaction.atomic(savepoint=False)
def _append(entries: Sequence[AuditEntry]) -> None:
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=HEAD)
    for entry in entries:
        entry.sequence, entry.previous_hash = head.sequence + 1, head.entry_hash
        entry.entry_hash = entry.expected_hash()
        head.sequence, head.entry_hash = entry.sequence, entry.entry_hash
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=["sequence", "entry_hash"])
