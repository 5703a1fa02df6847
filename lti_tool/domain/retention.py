"""How long each kind of data lives. Durations only; who sweeps is not known here."""

from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is kept for a time."""

    FRAMES_IN_SPOOL = "frames_in_spool"
    LAUNCH = "launch"
    CAPTURE_SESSION = "capture_session"
    STRESS_RECORD = "stress_record"


# Frames are destroyed as soon as they are measured; this is the most they can live when every worker is dead.
# A launch is counted from when it ran out, a session from its end. Not here, because nothing ends them by the
# clock: answers about consent, receipts and the audit. They are the proof of what was done.
LIFETIMES: dict[Kind, timedelta] = {
    Kind.FRAMES_IN_SPOOL: timedelta(minutes=5),
    Kind.LAUNCH: timedelta(days=1),
    Kind.CAPTURE_SESSION: timedelta(days=30),
    Kind.STRESS_RECORD: timedelta(days=180),
}
CHOSEN = (Kind.STRESS_RECORD, Kind.CAPTURE_SESSION)
"""What an institution chooses the time of when it activates a deployment. LIFETIMES are the most."""


def longest_days(kind: Kind) -> int:
    """The most days that may be chosen."""
    return LIFETIMES[kind].days


def over_since(kind: Kind, *, at: datetime, days: int | None = None) -> datetime:
    """Data of this kind from this moment, or from before it, must go.

    `days` is an institution's choice: it shortens a lifetime and never lengthens it.
    """
    longest = LIFETIMES[kind]
    return at - (longest if days is None else min(timedelta(days=days), longest))
