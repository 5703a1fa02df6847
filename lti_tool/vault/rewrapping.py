"""Bring every wrapped key under the current key-encryption key, while everybody goes on reading and writing.

A row changes only while it is as it was read: what was destroyed or written anew meanwhile stays as it is.
How far it came is written in the rows themselves, so that it may be stopped and begun again at any time.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from lti_tool.vault import configured, journal, wrapping
from lti_tool.vault.errors import KeyReplaced, WrongKey
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.models import KeyProof
from lti_tool.vault.stores import Row, Store, stores

BATCH = 100
Tell = Callable[[str, int], None]
Inventory = Mapping[str, Counter[str]]


@dataclass(slots=True)
class Rewrapped:
    """What a run did. `unopened` rows are wrapped by a key that is not here, or another of the same name."""

    current: str
    changed: Counter[str] = field(default_factory=Counter)
    unopened: Counter[str] = field(default_factory=Counter)


def inventory() -> Inventory:
    """By version, how many wrapped keys there are in each place."""
    found: dict[str, Counter[str]] = {}
    for store in stores():
        for page in _pages(store):
            for row in page:
                found.setdefault(row.key.version, Counter())[store.name] += 1
    return found


def rewrap(*, tell: Tell = lambda name, done: None) -> Rewrapped:
    """Rewrap what is not under the current version, in small batches.

    Raises Transient, after which it may be begun again; KeyReplaced, KeySettingBroken.
    """
    done = Rewrapped(configured.load().current_version())
    for store in stores():
        for page in _pages(store):
            old = [row for row in page if row.key.version != done.current]
            done.changed[store.name] += _rewrap(store, old, done)
            tell(store.name, done.changed[store.name])
    journal.empty_after_commit()
    return done


def forget_unused_proofs(left: Inventory, current: str) -> list[str]:
    """Versions under which nothing is left lose their proof: their keys may go. Returns them."""
    over = KeyProof.objects.exclude(version__in={*left, current})
    versions = sorted(over.values_list("version", flat=True))
    over.delete()
    return versions


def _pages(store: Store) -> Iterator[list[Row]]:
    last = 0
    while page := store.page(after=last, size=BATCH):
        last = page[-1].pk
        yield page


def _rewrap(store: Store, rows: Sequence[Row], done: Rewrapped) -> int:
    try:
        keys = wrapping.rewrap_all([row.key for row in rows]) if rows else []
    except KeyReplaced:
        raise  # it is the new key that is wrong: nothing may be wrapped with it
    except WrongKey:
        return _rewrap_each(store, rows, done)
    return _replace(store, rows, keys)


def _rewrap_each(store: Store, rows: Sequence[Row], done: Rewrapped) -> int:
    """One that does not open must not keep the others from being rewrapped."""
    if len(rows) == 1:
        done.unopened[store.name] += 1
        return 0
    return sum(_rewrap(store, [row], done) for row in rows)


@transaction.atomic
def _replace(store: Store, rows: Sequence[Row], keys: Sequence[WrappedKey]) -> int:
    return sum(store.replace(row, key) for row, key in zip(rows, keys, strict=True))
