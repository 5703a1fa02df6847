"""Every place in the database where wrapped keys lie. Finds the columns by their class; opens nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.apps import apps
from django.db.models import Model

from lti_tool.vault import packing
from lti_tool.vault.errors import SealBroken
from lti_tool.vault.fields import PackedField
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.models import DataKey


class Row(NamedTuple):
    """One wrapped key where it lies. `stored` is the column as it was read."""

    pk: int
    stored: bytes
    key: WrappedKey


class Store(Protocol):
    """One column of one table."""

    @property
    def name(self) -> str:
        """As reports call it."""

    def page(self, *, after: int, size: int) -> list[Row]:
        """The next rows by primary key."""

    def replace(self, row: Row, key: WrappedKey) -> bool:
        """Put another wrapped form of the same key there, if the row is as it was read."""


@dataclass(frozen=True, slots=True)
class DataKeys:
    """The keys of files. The version is a column of its own."""

    name: str = "data keys"

    def page(self, *, after: int, size: int) -> list[Row]:
        """Those that were not destroyed."""
        kept = DataKey.objects.filter(pk__gt=after, destroyed_at=None).exclude(wrapped=b"").order_by("pk")
        rows = kept.values_list("pk", "wrapped", "kek_version")[:size]
        return [Row(pk, bytes(body), WrappedKey(bytes(body), version)) for pk, body, version in rows]

    def replace(self, row: Row, key: WrappedKey) -> bool:
        """Never revives a key that was destroyed meanwhile: its bytes are others by then."""
        same = DataKey.objects.filter(pk=row.pk, wrapped=row.stored, destroyed_at=None)
        return bool(same.update(wrapped=key.body, kek_version=key.version))


@dataclass(frozen=True, slots=True)
class PackedColumn:
    """One `PackedField`: the wrapped key lies in front of what it sealed, which stays as it is."""

    model: type[Model]
    column: str

    @property
    def name(self) -> str:
        """What it holds."""
        return f"{self.model._meta.verbose_name_plural} ({self.column})"

    def page(self, *, after: int, size: int) -> list[Row]:
        """Those that hold anything."""
        rows = self.model._default_manager.filter(pk__gt=after).exclude(**{self.column: b""}).order_by("pk")
        return [_row(pk, bytes(stored)) for pk, stored in rows.values_list("pk", self.column)[:size]]

    def replace(self, row: Row, key: WrappedKey) -> bool:
        """Only the wrapped key changes."""
        packed = packing.pack(key, packing.unpack(row.stored).sealed)
        same = self.model._default_manager.filter(pk=row.pk, **{self.column: row.stored})
        return bool(same.update(**{self.column: packed}))


def _row(pk: int, stored: bytes) -> Row:
    try:
        return Row(pk, stored, packing.unpack(stored).key)
    except SealBroken:
        return Row(pk, stored, WrappedKey(b"", "unreadable"))


def stores() -> Iterator[Store]:
    """The keys of files, and every packed column of every room."""
    yield DataKeys()
    for model in apps.get_models():
        for column in model._meta.fields:
            if isinstance(column, PackedField):
                yield PackedColumn(model, column.name)
