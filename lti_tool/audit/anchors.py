"""One line outside of the database that says where the chain stood. Knows no place and no database."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from lti_tool.audit.verification import Place


class AnchorsUnreadable(Exception):
    """A line of an anchor file is not an anchor. Somebody may have spoiled it on purpose."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of one installation's chain at a moment."""

    installation: str
    at: datetime
    place: Place

    def document(self) -> dict[str, str | int]:
        """Plain values, ready for JSON."""
        moment = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return {"installation": self.installation, "at": moment, **self.place._asdict()}

    def line(self) -> str:
        """The same on one line."""
        return json.dumps(self.document())


def read_places(lines: Iterable[str]) -> list[Place]:
    """Where the chain stood, of every line. Raises AnchorsUnreadable."""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            found.append(Place(int(said["sequence"]), str(said["entry_hash"])))
        except (ValueError, KeyError, TypeError):
            raise AnchorsUnreadable(f"Line {number} is not an anchor.") from None
    return found
