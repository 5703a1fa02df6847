"""What an archive carries of a file, kind by kind. Another kind is one more row here and one in the tool."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from lti_tool.records.models import MentalHealthFile, SessionRemark, StressRecord
from lti_tool.records.sealed import open_whole
from lti_tool.records.sealed_remarks import open_remarks
from lti_tool.vault.secrets import SecretKey

Json = dict[str, Any]


def _records(file: MentalHealthFile, key: SecretKey) -> Iterator[Json]:
    return open_whole(StressRecord.objects.of(file), file, key)


def _remarks(file: MentalHealthFile, key: SecretKey) -> Iterator[Json]:
    rows = SessionRemark.objects.filter(file=file).order_by("written_at", "pk")
    said = open_remarks(rows, file, key)
    for row in rows:
        own = said[row.session_id]
        yield {
            "session_id": str(row.session_id),
            "written_at": row.written_at.isoformat(),
            "text": own.text,
            "does_not_fit": own.does_not_fit,
        }


LINES: Final[Mapping[str, Callable[[MentalHealthFile, SecretKey], Iterable[Json]]]] = {
    "record": _records,
    "remark": _remarks,
}
"""By the kind of line, as the archive's tool names it: what of it a file holds, opened. Raises SealBroken."""

NUMBERS: Final = tuple(f"{kind}s" for kind in LINES)


def lines_of(file: MentalHealthFile, key: SecretKey) -> dict[str, list[Json]]:
    """Everything of every kind, oldest first. Raises SealBroken."""
    return {kind: list(lines(file, key)) for kind, lines in LINES.items()}
