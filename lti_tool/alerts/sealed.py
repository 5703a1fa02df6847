"""How words and findings of a case are sealed, and to which place each is bound. Knows no page."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from lti_tool.alerts.models import Alert, Case, CaseNote, Word
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey

_SCHEMA = 1
Row = Alert | CaseNote | Word


class Kind(StrEnum):
    """What was sealed: one kind never opens as another."""

    ALERT = "alert"
    NOTE = "case-note"
    WORD = "student-word"


_KINDS: dict[type[Row], Kind] = {Alert: Kind.ALERT, CaseNote: Kind.NOTE, Word: Kind.WORD}


@dataclass(frozen=True, slots=True)
class OpenedWords:
    """A note or a student's word, opened. `by`: a note's author, empty for one who went."""

    public_id: UUID
    at: datetime
    text: str
    by: str = ""
    kind: str = ""


def seal_into(row: Row, body: dict[str, Any], *, case: Case, key: SecretKey) -> None:
    """Seal `body` (plain values) for this row, under the case's key."""
    row.sealed = seal(json.dumps(body).encode(), key, binding=_binding(row, case))


def opened(row: Row, *, case: Case, key: SecretKey) -> dict[str, Any]:
    """What `seal_into` sealed. Raises SealBroken."""
    body: dict[str, Any] = json.loads(unseal(row.sealed, key, binding=_binding(row, case)))
    return body


def opened_notes(rows: Iterable[CaseNote], *, case: Case, key: SecretKey) -> tuple[OpenedWords, ...]:
    """Counselors' notes, in the order given. Raises SealBroken."""
    return tuple(
        OpenedWords(
            row.public_id,
            row.written_at,
            opened(row, case=case, key=key)["text"],
            by=row.author.display_name if row.author else "",
        )
        for row in rows
    )


def opened_words(rows: Iterable[Word], *, case: Case, key: SecretKey) -> tuple[OpenedWords, ...]:
    """What the student said, in the order given. Raises SealBroken."""
    return tuple(
        OpenedWords(row.public_id, row.written_at, opened(row, case=case, key=key)["text"], kind=row.kind)
        for row in rows
    )


def _binding(row: Row, case: Case) -> bytes:
    """Tenant, course, student, case, kind, row and its moment: moved anywhere else, the bytes do not open."""
    deployment = case.context.deployment
    tenant = f"{deployment.registration_id}/{deployment.pk}"
    place = f"{tenant}/{case.context_id}/{case.student_id}/{case.public_id}"
    moment = _moment_of(row).astimezone(UTC).isoformat(timespec="microseconds")
    return "|".join(map(str, (_KINDS[type(row)], _SCHEMA, place, row.public_id, moment))).encode()


def _moment_of(row: Row) -> datetime:
    return row.raised_at if isinstance(row, Alert) else row.written_at
