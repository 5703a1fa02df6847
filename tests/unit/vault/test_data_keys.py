"""Data keys are stored wrapped, and destroyed for good."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from lti_tool.vault import services as vault
from lti_tool.vault.errors import KeyDestroyed
from lti_tool.vault.models import DataKey
from tests.factories.times import NOW

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]

pytestmark = pytest.mark.django_db


def test_a_stored_key_opens_again_and_is_not_stored_bare() -> None:
    stored = vault.create_data_key(at=NOW)
    key = vault.open_data_key(DataKey.objects.get(pk=stored.pk))

    assert key == vault.open_data_key(stored)
    assert key.reveal() not in bytes(stored.wrapped)


def test_a_destroyed_key_says_so() -> None:
    stored = vault.create_data_key(at=NOW)
    vault.destroy_data_key(stored, at=NOW)

    for key in (stored, DataKey.objects.get(pk=stored.pk)):
        assert key.destroyed_at == NOW
        with pytest.raises(KeyDestroyed):
            vault.open_data_key(key)


def test_destroying_writes_over_the_wrapped_bytes_before_emptying_them() -> None:
    stored = vault.create_data_key(at=NOW)
    length = len(stored.wrapped)
    written: list[bytes] = []

    def watch(
        execute: Execute, sql: str, params: tuple[object, ...], many: bool, context: dict[str, Any]
    ) -> object:
        if sql.startswith("UPDATE"):
            values = (getattr(param, "obj", param) for param in params)  # psycopg wraps bytes
            written.extend(bytes(value) for value in values if isinstance(value, bytes | memoryview))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        vault.destroy_data_key(stored, at=NOW)

    assert bytes(length) in written
    assert bytes(DataKey.objects.get(pk=stored.pk).wrapped) == b""


def test_destroying_twice_keeps_the_first_time() -> None:
    stored = vault.create_data_key(at=NOW)
    vault.destroy_data_key(stored, at=NOW)
    vault.destroy_data_key(stored, at=NOW.replace(year=2027))
    assert stored.destroyed_at == NOW
