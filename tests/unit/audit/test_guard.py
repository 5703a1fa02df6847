"""The database itself refuses to change an entry, whoever asks with the application's own rights."""

import pytest
from django.db import DatabaseError, connection, transaction

from lti_tool.audit import guard
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded(db: None) -> None:
    """Fitted in the test's own transaction, with which it goes."""
    guard.fit(connection)
    audit.record(actor="system", action=Action.FILE_READ, subject="file:1", at=NOW)


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET actor = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "DELETE FROM audit_auditentry WHERE sequence = 1",
    ],
)
def test_what_would_rewrite_history_is_refused_by_the_database(statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match=guard.SAYS), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.verify().checked == 1


@pytest.mark.usefixtures("guarded")
def test_entries_are_still_added() -> None:
    audit.record(actor="system", action=Action.FILE_READ, subject="file:2", at=NOW)
    assert audit.verify().checked == 2


@pytest.mark.usefixtures("guarded")
def test_it_is_known_whether_the_guard_is_there() -> None:
    guard.fit(connection)
    assert guard.is_fitted(connection)
    guard.remove(connection)
    assert not guard.is_fitted(connection)
