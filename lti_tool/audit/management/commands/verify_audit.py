"""`manage.py verify_audit`: is the audit chain whole?

Exits with 0 when it is, 1 with the place of the first fault, 2 when it could not be compared.
"""

import json
import time
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from lti_tool.audit import guard
from lti_tool.audit.anchors import AnchorsUnreadable, read_places
from lti_tool.audit.selectors import verify
from lti_tool.audit.verification import BEGINNING, Place, Walk


class Command(BaseCommand):
    """Walk the chain from its first entry to its head."""

    help = (
        "Check every entry of the audit chain against the one before it, its head, and anchors from outside."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer anchors, a later beginning, and words for machines."""
        parser.add_argument("--anchors", type=Path, help="a file of anchors to compare with (JSON lines)")
        parser.add_argument(
            "--after",
            type=_place,
            default=BEGINNING,
            metavar="SEQUENCE:HASH",
            help="begin behind this anchor",
        )
        parser.add_argument("--json", action="store_true", help="one JSON object instead of sentences")

    def handle(self, *, anchors: Path | None, after: Place, json: bool, **options: object) -> None:
        """Print what was found. Raises CommandError with the exit status."""
        began = time.perf_counter()
        walk = verify(after=after, anchors=_anchors(anchors))
        found = _report(walk, seconds=time.perf_counter() - began)
        self.stdout.write(_as_json(found) if json else _in_words(found))
        if walk.finding is not None:
            raise CommandError(f"The audit chain is broken {walk.finding}.", returncode=1)


def _place(text: str) -> Place:
    sequence, _, entry_hash = text.partition(":")
    if not sequence.isdecimal() or not entry_hash:
        raise ArgumentTypeError("write the number and the hash of an anchor, as 4711:0f3a...")
    return Place(int(sequence), entry_hash)


def _anchors(path: Path | None) -> list[Place]:
    if path is None:
        return []
    try:
        with path.open(encoding="utf-8") as lines:
            return read_places(lines)
    except (OSError, UnicodeDecodeError, AnchorsUnreadable) as error:
        raise CommandError(f"The anchors cannot be read: {error}", returncode=2) from error


def _report(walk: Walk, *, seconds: float) -> dict[str, Any]:
    finding = walk.finding
    return {
        "whole": finding is None,
        "entries": walk.checked,
        "first": walk.began_after.sequence + 1 if walk.checked else None,
        "first_at": walk.first_at.isoformat() if walk.first_at else None,
        "last": walk.last.sequence,
        "last_at": walk.last_at.isoformat() if walk.last_at else None,
        "last_hash": walk.last.entry_hash,
        "anchors_compared": walk.compared,
        "broken_at": finding.sequence if finding else None,
        "in_doubt_after": finding.since if finding else None,
        "fault": finding.fault.value if finding else None,
        "guarded": guard.is_fitted(connection),
        "seconds": round(seconds, 3),
        "entries_per_second": round(walk.checked / seconds) if seconds else None,
    }


def _as_json(found: dict[str, Any]) -> str:
    return json.dumps(found)


def _in_words(found: dict[str, Any]) -> str:
    state = "whole" if found["whole"] else "whole up to there"
    lines = [f"The audit chain is {state}: {found['entries']} entries."]
    if found["entries"]:
        lines.append(f"First: {found['first']}, of {found['first_at']}.")
        lines.append(f"Last: {found['last']}, of {found['last_at']}.")
        lines.append(f"Last hash: {found['last_hash']}.")
    lines.append(f"Anchors compared: {found['anchors_compared']}.")
    if not found["guarded"]:
        lines.append("The database itself would let entries be changed: its triggers are not in place.")
    lines.append(f"{found['seconds']} s, {found['entries_per_second']} entries per second.")
    return "\n".join(lines)
