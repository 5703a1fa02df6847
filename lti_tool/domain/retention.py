"""How long each kind of data lives. Durations only; who sweeps is not known here."""

from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is kept for a time."""

    FRAMES_IN_SPOOL = "frames_in_spool"
    LOGIN_ATTEMPT = "login_attempt"
    LAUNCH = "launch"
    SESSION_FEATURES = "session_features"
    STRESS_RECORD = "stress_record"
    RECEIPT = "receipt"
    AUDIT_ENTRY = "audit_entry"


# Frames are destroyed as soon as they are measured; this is the most they can live when every worker is dead.
LIFETIMES: dict[Kind, timedelta] = {
    Kind.FRAMES_IN_SPOOL: timedelta(minutes=5),
    Kind.LOGIN_ATTEMPT: timedelta(minutes=10),
    Kind.LAUNCH: timedelta(hours=8),
    Kind.SESSION_FEATURES: timedelta(days=30),
    Kind.STRESS_RECORD: timedelta(days=180),
    Kind.RECEIPT: timedelta(days=3 * 365),
    Kind.AUDIT_ENTRY: timedelta(days=6 * 365),
}


def is_over(kind: Kind, *, since: datetime, at: datetime) -> bool:
    """Whether data of this kind, that old, must go."""
    return at - since >= LIFETIMES[kind]
