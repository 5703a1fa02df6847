"""How a record and a baseline are written into sealed bytes, and to which place they are bound."""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from lti_tool.domain.stress import Doubt, Level, MeasuredStress
from lti_tool.records.history import Observation
from lti_tool.records.models import MentalHealthFile, Origin, StressRecord
from lti_tool.records.sessions import SessionMedians
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey


def record_binding(record: StressRecord, file: MentalHealthFile) -> bytes:
    """A record opens only in its file, as itself, at its time, in its session, with its origin."""
    moment = record.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    place = (file.public_id, record.public_id, moment, record.session_id, record.origin)
    return "|".join(map(str, ("record", record.schema_version, *place))).encode()


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
    return seal(_dump(body), key, binding=record_binding(record, file))


def open_record(record: StressRecord, file: MentalHealthFile, key: SecretKey) -> Observation:
    """What `seal_record` sealed. Raises SealBroken."""
    body: dict[str, Any] = json.loads(unseal(record.sealed, key, binding=record_binding(record, file)))
    doubt = body["doubt"]
    return Observation(
        recorded_at=record.recorded_at,
        session_id=record.session_id,
        score=body["score"],
        low=body["low"],
        high=body["high"],
        level=Level(body["level"]),
        doubt=Doubt(doubt) if doubt else None,
        coverage=body["coverage"],
        valid_frames=body["valid_frames"],
        frames=body["frames"],
        reasons=body["reasons"],
        origin=Origin(record.origin),
        model_version=body["model_version"],
    )


def seal_baseline(medians: SessionMedians, file: MentalHealthFile, key: SecretKey) -> bytes:
    """The medians a person's usual is made from, sealed to the file."""
    return seal(_dump(medians.to_json()), key, binding=_baseline_binding(file))


def open_baseline(sealed: bytes | memoryview, file: MentalHealthFile, key: SecretKey) -> SessionMedians:
    """What `seal_baseline` sealed. Raises SealBroken."""
    return SessionMedians.from_json(json.loads(unseal(sealed, key, binding=_baseline_binding(file))))


def _baseline_binding(file: MentalHealthFile) -> bytes:
    return f"baseline|1|{file.public_id}".encode()


def _dump(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
