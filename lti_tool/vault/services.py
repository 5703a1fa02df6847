"""Make, open and destroy data keys. The caller writes the audit: this room knows nothing of people."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from lti_tool.vault import journal, packing, sealing, wrapping
from lti_tool.vault.errors import KeyDestroyed
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.models import DataKey
from lti_tool.vault.secrets import SecretKey

_SMALL_BINDING = b"attune/small/"


def create_data_key(*, at: datetime) -> DataKey:
    """A fresh data key, stored wrapped."""
    wrapped, version = wrapping.wrap(SecretKey.new())
    return DataKey.objects.create(wrapped=wrapped, kek_version=version, created_at=at)


def open_data_key(data_key: DataKey) -> SecretKey:
    """Unwrap a data key. Raises KeyDestroyed, WrongKey."""
    return open_data_keys([data_key.pk])[data_key.pk]


def open_data_keys(primary_keys: Collection[int]) -> dict[int, SecretKey]:
    """Unwrap several by primary key, in one query and one call to whoever holds the key-encryption keys.

    Raises KeyDestroyed for any that is gone, WrongKey, Transient.
    """
    # Read anew: a key that was destroyed a moment ago must not live on in a row somebody still holds.
    stored = DataKey.objects.in_bulk(primary_keys)
    wrapped = [_wrapped(stored.get(pk)) for pk in primary_keys]
    return dict(zip(primary_keys, wrapping.unwrap_all(wrapped), strict=True))


def _wrapped(stored: DataKey | None) -> WrappedKey:
    if stored is None or stored.destroyed_at is not None or not stored.wrapped:
        raise KeyDestroyed
    return WrappedKey(bytes(stored.wrapped), stored.kek_version)


@transaction.atomic
def destroy_data_key(data_key: DataKey, *, at: datetime) -> None:
    """Overwrite the wrapped key with zeros, then empty it. Nobody can read what it sealed any more.

    With the commit SQLite's journal is emptied. PostgreSQL keeps the old row until its table is written anew.
    """
    stored = DataKey.objects.select_for_update().get(pk=data_key.pk)
    if stored.destroyed_at is None:
        # The same length first: SQLite then writes over the old bytes. PostgreSQL adds a row whatever we do.
        DataKey.objects.filter(pk=stored.pk).update(wrapped=bytes(len(stored.wrapped)))
        DataKey.objects.filter(pk=stored.pk).update(wrapped=b"", destroyed_at=at)
        journal.empty_after_commit()
    data_key.refresh_from_db()


def forget_destroyed_keys(primary_keys: Collection[int]) -> int:
    """Delete what is left of keys that were destroyed: rows without a key. Others stay. Returns how many."""
    return DataKey.objects.filter(pk__in=primary_keys).exclude(destroyed_at=None).delete()[0]


@sensitive_variables("plaintext")
def seal_small(plaintext: bytes, *, binding: bytes) -> bytes:
    """Seal a small secret of the tool itself under a key of its own, which is wrapped and lies in front.

    For a `PackedField`: rewrapping then finds it.
    """
    key = SecretKey.new()
    sealed = sealing.seal(plaintext, key, binding=_SMALL_BINDING + binding)
    return packing.pack(wrapping.wrap(key), sealed)


def unseal_small(sealed: bytes | memoryview, *, binding: bytes) -> bytes:
    """What `seal_small` sealed. Raises WrongKey for another key-encryption key, SealBroken otherwise."""
    key, body = packing.unpack(sealed)
    return sealing.unseal(body, wrapping.unwrap(key), binding=_SMALL_BINDING + binding)


def new_wrapped_key() -> tuple[SecretKey, bytes]:
    """A key for something short-lived, and its wrapped form for a `PackedField`."""
    key = SecretKey.new()
    return key, packing.pack(wrapping.wrap(key))


def unwrap_ephemeral(wrapped: bytes | memoryview) -> SecretKey:
    """The key that `new_wrapped_key` made. Raises KeyDestroyed when it was emptied, WrongKey."""
    if not wrapped:
        raise KeyDestroyed
    return wrapping.unwrap(packing.unpack(wrapped).key)
