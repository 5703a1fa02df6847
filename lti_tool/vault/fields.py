"""The column in which `seal_small` and `new_wrapped_key` put their bytes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    BytesField = models.BinaryField[bytes | bytearray | memoryview, bytes | memoryview]
else:
    BytesField = models.BinaryField  # generic in its stubs only


class PackedField(BytesField):
    """Bytes with a wrapped key in front (`packing`). `rewrap` finds every such column by its class.

    To the database, and so to migrations, these are bytes like any others.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], Mapping[str, Any]]:  # type: ignore[override]
        """As a plain BinaryField."""
        name, _, arguments, keywords = super().deconstruct()
        return name, "django.db.models.BinaryField", arguments, keywords
