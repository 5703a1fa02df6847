"""Which of our keys signs, and which are published. Knows times only, nothing of keys or of what they sign.

A platform keeps a copy of our key set for a while. So a key is published for some time before it signs, and
for some time after it was retired: whenever a platform looks, it finds the key of what it holds.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

CACHED: Final = timedelta(hours=1)
"""For how long a platform may keep its copy of the key set."""

AHEAD: Final = timedelta(days=1)
"""For how long a key is published before it signs. Not all platforms obey CACHED; hence so much longer."""

AFTER: Final = timedelta(days=1)
"""For how long a retired key stays published. What it signed lives for minutes."""


class KeyTimes(Protocol):
    """When a key was made, and when it ceases to sign, which may lie ahead."""

    @property
    def created_at(self) -> datetime: ...

    @property
    def retired_at(self) -> datetime | None: ...


Key = TypeVar("Key", bound=KeyTimes)


def signing(keys: Iterable[Key], at: datetime) -> Key | None:
    """The newest key that was published long enough; a first key signs at once. None: make one."""
    able = sorted((key for key in keys if _is_made(key, at) and not _is_retired(key, at)), key=_age)
    known = [key for key in able if key.created_at + AHEAD <= at]
    return known[-1] if known else next(iter(able), None)


def published(keys: Iterable[Key], at: datetime) -> list[Key]:
    """What the key set holds, the newest first."""
    shown = [key for key in keys if _is_made(key, at) and not is_over(key, at)]
    return sorted(shown, key=_age, reverse=True)


def is_over(key: KeyTimes, at: datetime) -> bool:
    """Whether nobody needs the key any more."""
    return key.retired_at is not None and key.retired_at + AFTER <= at


def successor_signs_at(at: datetime) -> datetime:
    """When a key that is made now takes over: the moment at which the ones before it retire."""
    return at + AHEAD


def _is_made(key: KeyTimes, at: datetime) -> bool:
    return key.created_at <= at


def _is_retired(key: KeyTimes, at: datetime) -> bool:
    return key.retired_at is not None and key.retired_at <= at


def _age(key: KeyTimes) -> datetime:
    return key.created_at
