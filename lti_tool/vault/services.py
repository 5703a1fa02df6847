"""Make, open and destroy data keys. The caller writes the audit: this room knows nothing of people."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from lti_tool.vault import journal, keyring, sealing
from lti_tool.vault.errors import KeyDestroyed, SealBroken
from lti_tool.vault.models import DataKey
from lti_tool.vault.secrets import SecretKey

_SMALL_BINDING = b"attune/small/"


def create_data_key(*, at: datetime) -> DataKey:
    """A fresh data key, stored wrapped."""
    wrapped, version = sealing.wrap(SecretKey.new())
    return DataKey.objects.create(wrapped=wrapped, kek_version=version, created_at=at)


def open_data_key(data_key: DataKey) -> SecretKey:
    """Unwrap a data key. Raises KeyDestroyed, WrongKey."""
    return open_data_keys([data_key.pk])[data_key.pk]


def open_data_keys(primary_keys: Collection[int]) -> dict[int, SecretKey]:
    """Unwrap several in one query, by primary key. Raises KeyDestroyed for any that is gone, WrongKey."""
    # Read anew: a key that was destroyed a moment ago must not live on in a row somebody still holds.
    stored = DataKey.objects.in_bulk(primary_keys)
    return {pk: _unwrapped(stored.get(pk)) for pk in primary_keys}


def _unwrapped(stored: DataKey | None) -> SecretKey:
    if stored is None or stored.destroyed_at is not None or not stored.wrapped:
        raise KeyDestroyed
    return sealing.unwrap(stored.wrapped, stored.kek_version)


@transaction.atomic
def destroy_data_key(data_key: DataKey, *, at: datetime) -> None:
    """Overwrite the wrapped key with zeros, then empty it. Nobody can read what it sealed any more.

    With the commit SQLite's journal is emptied. PostgreSQL keeps the old row until it is vacuumed.
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
    """Seal a small secret of the tool itself under the current key-encryption key, version in front."""
    ring = keyring.load()
    return _with_version(
        ring.current, sealing.seal(plaintext, ring.key(ring.current), binding=_SMALL_BINDING + binding)
    )


def unseal_small(sealed: bytes | memoryview, *, binding: bytes) -> bytes:
    """What `seal_small` sealed. Raises WrongKey for an unknown version, SealBroken otherwise."""
    version, body = _split_version(bytes(sealed))
    return sealing.unseal(body, keyring.load().key(version), binding=_SMALL_BINDING + binding)


def new_wrapped_key() -> tuple[SecretKey, bytes]:
    """A key for something short-lived, and its wrapped form with the version inside."""
    key = SecretKey.new()
    wrapped, version = sealing.wrap(key)
    return key, _with_version(version, wrapped)


def unwrap_ephemeral(wrapped: bytes | memoryview) -> SecretKey:
    """The key that `new_wrapped_key` made. Raises KeyDestroyed when it was emptied, WrongKey."""
    if not wrapped:
        raise KeyDestroyed
    version, body = _split_version(bytes(wrapped))
    return sealing.unwrap(body, version)


def _with_version(version: str, body: bytes) -> bytes:
    return bytes([len(version)]) + version.encode() + body


def _split_version(data: bytes) -> tuple[str, bytes]:
    if not data:
        raise SealBroken
    end = 1 + data[0]
    return data[1:end].decode("ascii", errors="replace"), data[end:]
