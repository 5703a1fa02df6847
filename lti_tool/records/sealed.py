"""How a record and a baseline are written into sealed bytes, and to which place they are bound."""

import json
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from lti_tool.domain.stress import Doubt, Level, MeasuredStress
from lti_tool.records.history import Observation
from lti_tool.records.models import MentalHealthFile, Origin, RecordQuerySet, StressRecord
from lti_tool.records.places import Kind, binding, place_of
from lti_tool.records.sessions import SessionMedians
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey

_decode = json.JSONDecoder().decode
_BASELINE_SCHEMA = 1


class Envelope(NamedTuple):
    """What lies open of a record, and its sealed bytes. Lighter than a model: a term has thousands."""

    schema_version: int
    public_id: UUID
    recorded_at: datetime
    session_id: UUID
    origin: str
    sealed: bytes | memoryview = b""

    def binding(self, place: str) -> bytes:
        """A record opens only in its file's place, as itself, at its time, in its session, of its origin."""
        moment = self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
        own = (self.public_id, moment, self.session_id, self.origin)
        return binding(Kind.RECORD, self.schema_version, place, *own)

    def to_json(self) -> dict[str, Any]:
        """What lies open, as plain values."""
        return {
            "id": str(self.public_id),
            "session_id": str(self.session_id),
            "recorded_at": self.recorded_at.isoformat(),
            "origin": self.origin,
            "schema_version": self.schema_version,
        }


def envelope_of(record: StressRecord) -> Envelope:
    """The envelope of a row that is about to be sealed."""
    return Envelope(*(getattr(record, field) for field in Envelope._fields))


def open_records(records: RecordQuerySet, file: MentalHealthFile, key: SecretKey) -> Iterator[Observation]:
    """Open records of one file, in the order of the query. Raises SealBroken."""
    place = place_of(file)
    for row in records.values_list(*Envelope._fields).iterator(chunk_size=2000):
        envelope = Envelope._make(row)
        yield _observation(envelope, unseal(envelope.sealed, key, binding=envelope.binding(place)))


def open_whole(records: RecordQuerySet, file: MentalHealthFile, key: SecretKey) -> Iterator[dict[str, Any]]:
    """Records of one file with everything that is kept of them, as plain values. Raises SealBroken."""
    place = place_of(file)
    for row in records.values_list(*Envelope._fields).iterator(chunk_size=2000):
        envelope = Envelope._make(row)
        body = load(unseal(envelope.sealed, key, binding=envelope.binding(place)))
        yield envelope.to_json() | body


def open_records_of_sessions(
    records: RecordQuerySet, keys: Mapping[MentalHealthFile, SecretKey], sessions: Container[tuple[int, UUID]]
) -> dict[tuple[int, UUID], list[Observation]]:
    """Open records of some sessions of several files, in one query. Raises SealBroken.

    A session is named by its file's primary key and its own id.
    """
    opened: dict[tuple[int, UUID], list[Observation]] = defaultdict(list)
    places = {file.pk: (place_of(file), key) for file, key in keys.items()}
    for file_pk, *row in records.values_list("file_id", *Envelope._fields).iterator(chunk_size=2000):
        envelope = Envelope._make(row)
        if (session := (file_pk, envelope.session_id)) in sessions:
            place, key = places[file_pk]
            plaintext = unseal(envelope.sealed, key, binding=envelope.binding(place))
            opened[session].append(_observation(envelope, plaintext))
    return opened


def seal_record(
    record: StressRecord,
    file: MentalHealthFile,
    key: SecretKey,
    *,
    measured: MeasuredStress,
    level: Level,
    doubt: Doubt | None,
) -> bytes:
    """Everything that says how somebody was, sealed to the record's place."""
    body = measured.to_json() | {"level": level, "doubt": doubt}
    return seal(dump(body), key, binding=envelope_of(record).binding(place_of(file)))


def _observation(envelope: Envelope, plaintext: bytes) -> Observation:
    body: dict[str, Any] = load(plaintext)
    doubt = body["doubt"]
    return Observation(
        recorded_at=envelope.recorded_at,
        session_id=envelope.session_id,
        score=body["score"],
        low=body["low"],
        high=body["high"],
        level=Level(body["level"]),
        doubt=Doubt(doubt) if doubt else None,
        coverage=body["coverage"],
        valid_frames=body["valid_frames"],
        frames=body["frames"],
        reasons=body["reasons"],
        origin=Origin(envelope.origin),
        model_version=body["model_version"],
        score_version=body["score_version"],
    )


def seal_baseline(medians: SessionMedians, file: MentalHealthFile, key: SecretKey) -> bytes:
    """The medians a person's usual is made from, sealed to the file."""
    return seal(dump(medians.to_json()), key, binding=_baseline_binding(file))


def open_baseline(sealed: bytes | memoryview, file: MentalHealthFile, key: SecretKey) -> SessionMedians:
    """What `seal_baseline` sealed. Raises SealBroken."""
    return SessionMedians.from_json(load(unseal(sealed, key, binding=_baseline_binding(file))))


def _baseline_binding(file: MentalHealthFile) -> bytes:
    return binding(Kind.BASELINE, _BASELINE_SCHEMA, place_of(file))


def dump(body: Mapping[str, Any]) -> bytes:
    """As it is sealed."""
    return json.dumps(body, separators=(",", ":")).encode()


def load(plaintext: bytes) -> dict[str, Any]:
    """What `dump` wrote."""
    body: dict[str, Any] = _decode(plaintext.decode())
    return body
