"""The audit chain: whole, append-only, and loud when somebody touched it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action, AuditEntry, ChainHead
from lti_tool.audit.selectors import was_recorded
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

TABLE = AuditEntry._meta.db_table


def record(count: int = 1) -> None:
    for number in range(count):
        at = NOW + timedelta(seconds=number)
        actor = f"person:{number}"
        audit.record(actor=actor, action=Action.FILE_READ, subject="file:1", purpose="care", at=at)


def tamper(sql: str, *params: int) -> None:
    """As somebody would who can reach the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=TABLE), params)


def broken_at() -> int | None:
    finding = audit.verify().finding
    return finding.sequence if finding else None


def test_an_empty_chain_is_whole() -> None:
    assert audit.verify().finding is None


def test_entries_are_numbered_and_linked() -> None:
    record(3)
    entries = list(AuditEntry.objects.all())

    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries[1:]] == [entry.entry_hash for entry in entries[:-1]]
    assert audit.verify().finding is None


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'somebody-else'",
        "action = 'file_opened'",
        "subject = 'file:2'",
        "purpose = 'curiosity'",
        "at = '2020-01-01 00:00:00+00:00'",
        "previous_hash = '" + "0" * 64 + "'",
        "entry_hash = '" + "f" * 64 + "'",
    ],
)
@pytest.mark.parametrize("place", [2, 5])
def test_a_changed_field_is_found_at_its_place(change: str, place: int) -> None:
    record(5)
    tamper(f"UPDATE {{table}} SET {change} WHERE sequence = %s", place)  # noqa: S608
    assert broken_at() == place


@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_removed_entry_is_found_even_at_the_end(place: int) -> None:
    record(5)
    tamper("DELETE FROM {table} WHERE sequence = %s", place)
    assert broken_at() == place


def test_a_forged_entry_at_the_end_is_found() -> None:
    record(3)
    last = AuditEntry.objects.get(sequence=3)
    forged = AuditEntry(
        sequence=4, at=NOW, actor="x", action=Action.FILE_READ, subject="y", previous_hash=last.entry_hash
    )
    forged.entry_hash = forged.expected_hash()
    forged.save()
    assert broken_at() == 4


def test_what_was_rolled_back_was_not_recorded() -> None:
    record()
    with transaction.atomic():
        record()
        transaction.set_rollback(True)

    assert AuditEntry.objects.count() == 1
    assert ChainHead.objects.get().sequence == 1
    assert audit.verify().finding is None


def test_an_entry_is_neither_changed_nor_deleted_through_the_code() -> None:
    record()
    entry = AuditEntry.objects.get()
    for forbidden in (
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor="x"),
        entry.save,
    ):
        with pytest.raises(TypeError):
            forbidden()
    assert audit.verify().finding is None


def test_it_can_be_asked_whether_something_happened() -> None:
    record()
    assert was_recorded(actor="person:0", action=Action.FILE_READ, subject="file:1")
    assert not was_recorded(actor="person:1", action=Action.FILE_READ, subject="file:1")
    assert not was_recorded(actor="person:0", action=Action.FILE_OPENED, subject="file:1")
