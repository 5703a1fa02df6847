"""How a student's remark on a session is written into sealed bytes, and to which place it is bound."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC
from uuid import UUID

from lti_tool.domain.remarks import Remark
from lti_tool.records.models import MentalHealthFile, SessionRemark
from lti_tool.records.places import Kind, binding, place_of
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey

_SCHEMA = 1


def seal_remark(remark: Remark, row: SessionRemark, file: MentalHealthFile, key: SecretKey) -> bytes:
    """What the student said, sealed to the file, the session and the moment of its row."""
    return seal(json.dumps(asdict(remark)).encode(), key, binding=_binding(row, file))


def open_remarks(rows: Iterable[SessionRemark], file: MentalHealthFile, key: SecretKey) -> dict[UUID, Remark]:
    """What was said, by session. Raises SealBroken."""
    return {row.session_id: _opened(row, file, key) for row in rows}


def _opened(row: SessionRemark, file: MentalHealthFile, key: SecretKey) -> Remark:
    return Remark(**json.loads(unseal(row.sealed, key, binding=_binding(row, file))))


def _binding(row: SessionRemark, file: MentalHealthFile) -> bytes:
    moment = row.written_at.astimezone(UTC).isoformat(timespec="microseconds")
    return binding(Kind.REMARK, _SCHEMA, place_of(file), row.session_id, moment)
