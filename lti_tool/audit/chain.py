"""How one entry's hash is made from its content and the hash before it. Knows no database."""

import hashlib
import json
from datetime import UTC, datetime

GENESIS = "0" * 64


def entry_hash(
    *,
    sequence: int,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    purpose: str,
    previous_hash: str,
) -> str:
    """SHA-256 over the fields in a form that reads the same on every machine and database."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [sequence, moment, actor, action, subject, purpose, previous_hash]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True).encode()).hexdigest()
