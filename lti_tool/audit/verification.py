"""What is wrong with a chain, and where. Knows no database: it is shown the entries, the head and anchors."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from lti_tool.audit import chain


class Place(NamedTuple):
    """One entry's number, and the hash that stood there when somebody looked."""

    sequence: int
    entry_hash: str


BEGINNING = Place(0, chain.GENESIS)


class Entry(NamedTuple):
    """One entry as the database hands it out: any field may hold anything by now."""

    sequence: int
    at: datetime
    actor: str
    action: str
    subject: str
    purpose: str
    previous_hash: str
    entry_hash: str

    @property
    def place(self) -> Place:
        """Its number and its hash."""
        return Place(self.sequence, self.entry_hash)

    def is_as_hashed(self) -> bool:
        """Whether the fields still make the hash that stands beside them."""
        try:
            return self.entry_hash == chain.entry_hash(
                sequence=self.sequence,
                at=self.at,
                actor=self.actor,
                action=self.action,
                subject=self.subject,
                purpose=self.purpose,
                previous_hash=self.previous_hash,
            )
        except (AttributeError, TypeError, ValueError):
            return False  # a field holds nothing of its kind any more


class Fault(StrEnum):
    """What somebody did to the chain, as far as the chain can tell."""

    CHANGED = "changed"
    UNLINKED = "unlinked"
    MISSING = "missing"
    OUT_OF_PLACE = "out_of_place"
    CUT_OFF = "cut_off"
    BEYOND_HEAD = "beyond_head"
    HEAD_DIFFERS = "head_differs"
    REWRITTEN = "rewritten"
    ANCHOR_BEYOND = "anchor_beyond"

    @property
    def words(self) -> str:
        """For whoever has to act on it."""
        return _WORDS[self]


_WORDS = {
    Fault.CHANGED: "its content is not the one that was hashed",
    Fault.UNLINKED: "it does not follow on the entry that stands before it",
    Fault.MISSING: "it is not there, and later ones are",
    Fault.OUT_OF_PLACE: "an entry stands where none belongs",
    Fault.CUT_OFF: "the head knows it, and the chain ends before it",
    Fault.BEYOND_HEAD: "it stands behind the last one that the head knows",
    Fault.HEAD_DIFFERS: "it is the last one, and the head holds another hash",
    Fault.REWRITTEN: "an anchor from outside holds another hash",
    Fault.ANCHOR_BEYOND: "an anchor from outside knows a later entry than the chain has",
}


class Finding(NamedTuple):
    """The first fault. After `since`, everything up to `sequence` is in doubt; before it nothing is."""

    sequence: int
    fault: Fault
    since: int

    def __str__(self) -> str:
        if self.fault is Fault.REWRITTEN:
            return f"between entries {self.since + 1} and {self.sequence}: {self.fault.words}"
        return f"at entry {self.sequence}: {self.fault.words}"


@dataclass
class Walk:
    """Steps over entries in the order of their numbers and stops at the first fault."""

    last: Place
    anchors: Sequence[Place] = ()
    checked: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    finding: Finding | None = None
    compared: int = 0

    def __post_init__(self) -> None:
        self.began_after = self.last
        self._confirmed = self.last.sequence
        reachable = (anchor for anchor in self.anchors if anchor.sequence >= self.last.sequence)
        self._awaited = sorted(reachable, reverse=True)
        self._compare()

    def over(self, entries: Iterable[Entry]) -> None:
        """Take every entry, until one is wrong."""
        for entry in self._believed(entries):
            self.checked += 1
            self.first_at, self.last_at = self.first_at or entry.at, entry.at
            self.last = entry.place
            if self._awaited:
                self._compare()

    def end_at(self, head: Place, *, newest: int) -> None:
        """Compare the end with what the head and the remaining anchors know. `newest`: the highest number."""
        end = self.last.sequence
        if self.finding is not None:
            return
        if end < head.sequence:
            self._found(end + 1, Fault.CUT_OFF)
        elif end == head.sequence and self.last.entry_hash != head.entry_hash:
            self._found(end, Fault.HEAD_DIFFERS)
        elif newest > head.sequence:
            self._found(head.sequence + 1, Fault.BEYOND_HEAD)
        elif self._awaited:
            self._found(end + 1, Fault.ANCHOR_BEYOND)

    def _believed(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            self.finding = self.finding or _finding(entry, self.last)
            if self.finding is not None:
                return
            yield entry

    def _compare(self) -> None:
        while self._awaited and self._awaited[-1].sequence == self.last.sequence:
            anchor = self._awaited.pop()
            if anchor != self.last and self.finding is None:
                self.finding = Finding(anchor.sequence, Fault.REWRITTEN, since=self._confirmed)
                return
            self._confirmed, self.compared = anchor.sequence, self.compared + 1

    def _found(self, sequence: int, fault: Fault) -> None:
        self.finding = Finding(sequence, fault, since=sequence - 1)


def _finding(entry: Entry, before: Place) -> Finding | None:
    expected = before.sequence + 1
    if entry.sequence > expected:
        return Finding(expected, Fault.MISSING, since=before.sequence)
    if entry.sequence < expected:
        return Finding(entry.sequence, Fault.OUT_OF_PLACE, since=entry.sequence - 1)
    if not entry.is_as_hashed():
        return Finding(expected, Fault.CHANGED, since=before.sequence)
    if entry.previous_hash != before.entry_hash:
        return Finding(expected, Fault.UNLINKED, since=before.sequence)
    return None
