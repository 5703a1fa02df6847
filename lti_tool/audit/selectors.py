"""Read the audit chain: is it whole, and was something recorded."""

from lti_tool.audit import chain
from lti_tool.audit.models import Action, AuditEntry, ChainHead


def verify() -> int | None:
    """The first sequence number that was changed, removed or slipped in; None when the chain is whole."""
    previous, expected = chain.GENESIS, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        linked = entry.sequence == expected and entry.previous_hash == previous
        if not linked or entry.entry_hash != entry.expected_hash():
            return expected
        previous, expected = entry.entry_hash, expected + 1
    return _break_at_the_end(last=expected - 1, last_hash=previous)


def _break_at_the_end(*, last: int, last_hash: str) -> int | None:
    """Where the last entry is not the one that the head knows: cut off, or forged on."""
    head = ChainHead.objects.first() or ChainHead()
    if head.sequence != last:
        return min(head.sequence, last) + 1
    return None if head.entry_hash == last_hash else last


def was_recorded(*, actor: str, action: Action, subject: str) -> bool:
    """Whether this person did this to this subject before."""
    return AuditEntry.objects.filter(subject=subject, action=action, actor=actor).exists()
