"""What a summary says is what its records say, at every moment; and lists open nothing else."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import sealed
from lti_tool.records import services as records
from lti_tool.records.history import Observation
from lti_tool.records.models import DUE, SUMMARY_SCHEMA, MentalHealthFile, SealedSummary, StressRecord
from lti_tool.records.summaries import SessionHistory, SessionSummary, summary_of
from lti_tool.vault.errors import SealBroken
from lti_tool.vault.models import DataKey
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    return make.history(student, context, [[0.1234567, 0.2, 0.3], [0.2, None, 0.4], [0.5, 0.6]])


def read(file: MentalHealthFile) -> SessionHistory:
    return records.read_sessions(file=file, reader=str(file.student.pseudonym), purpose="own_record", at=NOW)


def from_records(file: MentalHealthFile) -> tuple[SessionSummary, ...]:
    """The sessions as the records tell them."""
    history = records.read_file(file=file, reader=str(file.student.pseudonym), purpose="own_record", at=NOW)
    ids = dict.fromkeys(o.session_id for o in history.observations)
    return tuple(summary_of([o for o in history.observations if o.session_id == id]) for id in ids)


@contextmanager
def records_opened() -> Iterator[list[object]]:
    """Counts the records that are opened."""
    opened: list[object] = []
    real = sealed._observation

    def counted(envelope: sealed.Envelope, plaintext: bytes) -> Observation:
        opened.append(envelope)
        return real(envelope, plaintext)

    with mock.patch.object(sealed, "_observation", counted):
        yield opened


def append(file: MentalHealthFile, session_id: uuid.UUID, score: float, *, later: timedelta) -> None:
    records.append_record(file=file, measured=make.measured(score), session_id=session_id, at=NOW + later)


def test_summarised_or_not_the_sessions_are_the_same(file: MentalHealthFile) -> None:
    with records_opened() as opened:
        before = read(file)
        assert len(opened) == 8

    assert records.summarise_sessions(at=NOW) == 3

    with records_opened() as opened:
        assert read(file) == before
        assert opened == []
    assert before.sessions == from_records(file)
    assert before.snippets == 8


def test_a_session_that_runs_is_read_by_its_records_and_the_others_by_their_summaries(
    file: MentalHealthFile,
) -> None:
    append(file, running := uuid.uuid4(), 0.7, later=-timedelta(minutes=1))
    assert records.summarise_sessions(at=NOW) == 3

    with records_opened() as opened:
        assert read(file).sessions[-1].session_id == running
        assert len(opened) == 1


def test_a_snippet_that_comes_late_is_in_what_is_read_at_once_and_summarised_again(
    file: MentalHealthFile,
) -> None:
    records.summarise_sessions(at=NOW)
    first = read(file).sessions[0]
    append(file, first.session_id, 0.9, later=first.started_at - timedelta(seconds=5) - NOW)

    changed = read(file).sessions[0]
    assert (changed.snippets, first.snippets) == (4, 3)
    assert changed.started_at == first.started_at - timedelta(seconds=5)
    assert records.summarise_sessions(at=NOW) == 1
    assert read(file).sessions == from_records(file)
    assert records.summarise_sessions(at=NOW) == 0


def test_a_summary_of_another_schema_is_made_again_and_meanwhile_not_believed(file: MentalHealthFile) -> None:
    records.summarise_sessions(at=NOW)
    SealedSummary.objects.update(schema_version=DUE)
    with records_opened() as opened:
        assert read(file).sessions == from_records(file)
        assert len(opened) == 16
    assert records.summarise_sessions(at=NOW) == 3

    SealedSummary.objects.update(schema_version=SUMMARY_SCHEMA + 1)
    assert read(file).sessions == from_records(file)


def test_sessions_without_one_get_one(file: MentalHealthFile) -> None:
    SealedSummary.objects.all().delete()
    assert [records.add_missing_summaries() for _ in range(2)] == [3, 0]
    assert read(file).sessions == from_records(file)


def test_files_from_before_there_were_summaries_are_read_by_their_records(file: MentalHealthFile) -> None:
    SealedSummary.objects.all().delete()
    migration = import_module("lti_tool.records.migrations.0003_session_summaries")
    migration.expect_summaries(apps, connection.schema_editor())
    assert read(file).sessions == from_records(file)
    assert records.summarise_sessions(at=NOW) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"session_id": uuid.uuid4()},
        {"started_at": NOW - timedelta(days=9)},
        {"ended_at": NOW},
        {"sealed": b"\0" * 60},
    ],
)
def test_a_summary_that_was_changed_or_moved_does_not_open(
    file: MentalHealthFile, change: dict[str, Any]
) -> None:
    records.summarise_sessions(at=NOW)
    row = SealedSummary.objects.first()
    assert row is not None
    SealedSummary.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(SealBroken):
        read(file)


def test_a_summary_does_not_open_in_another_file(file: MentalHealthFile, context: Context) -> None:
    other = make.history(make.consenting(context, name="Bob"), context, [[0.9]])
    records.summarise_sessions(at=NOW)
    SealedSummary.objects.filter(file=other).update(file=file)
    with pytest.raises(SealBroken):
        read(file)


def test_nothing_of_a_summary_lies_open_but_when_the_session_was(file: MentalHealthFile) -> None:
    records.summarise_sessions(at=NOW)
    everything = repr([bytes(row.sealed) for row in SealedSummary.objects.all()])
    for trace in ("score", "no_face", "usual", "test-model"):
        assert trace not in everything
    assert {field.name for field in SealedSummary._meta.fields} == {
        "id", "file", "session_id", "started_at", "ended_at", "schema_version", "sealed",
    }  # fmt: skip


def test_an_erased_file_leaves_no_summary(file: MentalHealthFile) -> None:
    records.summarise_sessions(at=NOW)
    records.destroy_file(file=file, at=NOW)
    assert not SealedSummary.objects.exists()
    assert records.summarise_sessions(at=NOW) == 0


def test_a_summary_goes_with_its_records_and_shrinks_with_them(file: MentalHealthFile) -> None:
    records.summarise_sessions(at=NOW)
    first, second, _ = from_records(file)
    in_the_second = second.started_at + LIFETIMES[Kind.STRESS_RECORD]

    records.delete_old_records(at=in_the_second)

    left = {row.session_id: row for row in SealedSummary.objects.all()}
    assert first.session_id not in left
    assert left[second.session_id].schema_version == DUE
    assert bytes(left[second.session_id].sealed) == b""
    assert records.summarise_sessions(at=in_the_second) == 1
    assert read(file).sessions == from_records(file)
    assert read(file).sessions[0].snippets == 2


def test_a_file_that_does_not_open_does_not_keep_the_others_waiting(
    file: MentalHealthFile, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    make.history(make.consenting(context), context, [[0.3]])
    DataKey.objects.filter(pk=file.data_key_id).update(kek_version="lost")
    assert records.summarise_sessions(at=NOW) == 1
    assert "wrong_key" in caplog.text


def test_one_run_ends_and_the_next_goes_on(
    student: PlatformUser, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.history(student, context, [[0.3]] * 5)
    monkeypatch.setattr("lti_tool.records.services.summarising.AT_ONCE", 2)
    monkeypatch.setattr("lti_tool.records.services.summarising.A_RUN", 3)
    assert [records.summarise_sessions(at=NOW) for _ in range(3)] == [4, 1, 0]
    entries = AuditEntry.objects.filter(action=Action.SESSIONS_SUMMARISED)
    assert entries.count() == 3


def test_adding_a_record_costs_the_summary_one_statement(file: MentalHealthFile) -> None:
    session_id = uuid.uuid4()
    append(file, session_id, 0.3, later=timedelta(0))
    with CaptureQueriesContext(connection) as captured:
        append(file, session_id, 0.3, later=timedelta(seconds=10))
    about = [query["sql"] for query in captured if SealedSummary._meta.db_table in query["sql"]]
    assert [sql.split()[0] for sql in about] == ["UPDATE"]


def test_a_list_opens_no_record_and_asks_as_often_for_many(
    context: Context, django_assert_num_queries: Callable[[int], Any]
) -> None:
    counselor = make.make_counselor(context)

    def read_list() -> int:
        found = records.read_files_in_care(counselor=counselor, context=context, purpose="caseload", at=NOW)
        return sum(history.snippets for _, history in found)

    make.history(make.consenting(context), context, [[0.3] * 3])
    records.summarise_sessions(at=NOW)
    with CaptureQueriesContext(connection) as for_one:
        assert read_list() == 3
    for number in range(8):
        make.history(make.consenting(context, name=f"S{number}"), context, [[0.3] * 3] * 4)
    records.summarise_sessions(at=NOW)
    with records_opened() as opened, django_assert_num_queries(len(for_one)):
        snippets = read_list()
    assert (snippets, opened) == (StressRecord.objects.count(), [])


def test_learning_the_usual_opens_no_record(file: MentalHealthFile) -> None:
    records.summarise_sessions(at=NOW)
    with records_opened() as opened:
        records.refresh_baseline(file=file, at=NOW)
    assert opened == []
