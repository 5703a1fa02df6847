"""How a check-in is written into sealed bytes, and to which place it is bound."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC

from lti_tool.domain.checkins import Phq4, SelfReport, Shared
from lti_tool.records.history import OpenedCheckIn
from lti_tool.records.models import CheckIn, MentalHealthFile
from lti_tool.records.places import Kind, binding, place_of
from lti_tool.records.sealed import dump, load
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey

_SCHEMA = 1


def seal_check_in(report: SelfReport, row: CheckIn, file: MentalHealthFile, key: SecretKey) -> bytes:
    """What the student said, sealed to the file, and to the moment of its row and whom it is shown to."""
    return seal(dump(asdict(report)), key, binding=_binding(row, file))


def open_check_ins(
    rows: Iterable[CheckIn], file: MentalHealthFile, key: SecretKey
) -> tuple[OpenedCheckIn, ...]:
    """What was said, in the order of the rows. Raises SealBroken."""
    return tuple(_opened(row, file, key) for row in rows)


def _opened(row: CheckIn, file: MentalHealthFile, key: SecretKey) -> OpenedCheckIn:
    body = load(unseal(row.sealed, key, binding=_binding(row, file)))
    return OpenedCheckIn(
        public_id=row.public_id,
        at=row.at,
        stress=body["stress"],
        phq4=Phq4(**body["phq4"]) if body["phq4"] else None,
        shared=Shared(row.shared),
    )


def _binding(row: CheckIn, file: MentalHealthFile) -> bytes:
    """Whoever turned "nobody" into something else in the table would find it shut."""
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return binding(Kind.CHECK_IN, _SCHEMA, place_of(file), row.public_id, moment, Shared(row.shared))
