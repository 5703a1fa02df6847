"""Seal the summary of a session; open sessions by their summary, or by their records where it is due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from lti_tool.records.models import SUMMARY_SCHEMA, MentalHealthFile, StressRecord, SummaryQuerySet
from lti_tool.records.places import Kind, binding, place_of
from lti_tool.records.sealed import dump, load, open_records_of_sessions
from lti_tool.records.summaries import SessionSummary, summary_of
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey

Keys = Mapping[MentalHealthFile, SecretKey]


class SummaryEnvelope(NamedTuple):
    """What lies open of a summary, and its sealed bytes."""

    schema_version: int
    session_id: UUID
    started_at: datetime
    ended_at: datetime
    sealed: bytes | memoryview = b""

    def binding(self, place: str) -> bytes:
        """A summary opens only in its file's place, for its session and its session's times."""
        times = (_moment(self.started_at), _moment(self.ended_at))
        return binding(Kind.SUMMARY, self.schema_version, place, self.session_id, *times)


def seal_summary(summary: SessionSummary, file: MentalHealthFile, key: SecretKey) -> bytes:
    """What its records say, sealed to its place."""
    envelope = SummaryEnvelope(SUMMARY_SCHEMA, summary.session_id, summary.started_at, summary.ended_at)
    return seal(dump(summary.to_json()), key, binding=envelope.binding(place_of(file)))


def open_sessions(summaries: SummaryQuerySet, keys: Keys) -> dict[int, tuple[SessionSummary, ...]]:
    """The sessions of several files, oldest first, by the file's primary key. Raises SealBroken.

    One query, and a second where any summary is due: those sessions are opened record by record.
    """
    opened: dict[int, list[SessionSummary]] = {file.pk: [] for file in keys}
    places = {file.pk: (place_of(file), key) for file, key in keys.items()}
    due: list[tuple[int, SummaryEnvelope]] = []
    rows = summaries.of_files(keys).values_list("file_id", *SummaryEnvelope._fields)
    for file_pk, *row in rows.iterator(chunk_size=2000):
        envelope = SummaryEnvelope._make(row)
        if envelope.schema_version == SUMMARY_SCHEMA:
            opened[file_pk].append(_open(envelope, *places[file_pk]))
        else:
            due.append((file_pk, envelope))
    for file_pk, summary in summaries_from_records(due, keys):
        opened[file_pk].append(summary)
    return {pk: tuple(sorted(sessions, key=attrgetter("started_at"))) for pk, sessions in opened.items()}


def summaries_from_records(
    due: Sequence[tuple[int, SummaryEnvelope]], keys: Keys
) -> Iterator[tuple[int, SessionSummary]]:
    """Sessions opened record by record, each with its file's primary key. Raises SealBroken."""
    if not due:
        return
    sessions = {(file_pk, envelope.session_id) for file_pk, envelope in due}
    held_by = {file_pk for file_pk, _ in due}
    first = min(envelope.started_at for _, envelope in due)
    last = max(envelope.ended_at for _, envelope in due)
    files = [file for file in keys if file.pk in held_by]
    records = StressRecord.objects.of_files(files).between(first, last)
    for (file_pk, _), observations in open_records_of_sessions(records, keys, sessions).items():
        yield file_pk, summary_of(observations)


def _open(envelope: SummaryEnvelope, place: str, key: SecretKey) -> SessionSummary:
    body = load(unseal(envelope.sealed, key, binding=envelope.binding(place)))
    return SessionSummary.from_json(
        body, session_id=envelope.session_id, started_at=envelope.started_at, ended_at=envelope.ended_at
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
