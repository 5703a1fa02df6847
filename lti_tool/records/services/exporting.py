"""Hand files out as one locked archive, to a counselor who may read each of them, and write down each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.audit.selectors import moments_of
from lti_tool.consent import selectors as consent
from lti_tool.consent.models import Consent
from lti_tool.domain.exporting import DAY, ExportPurpose, wait_before_next
from lti_tool.lti.errors import DoorClosed
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.archive import tool
from lti_tool.records.archive.locks import Lock
from lti_tool.records.archive.packing import Listing, packed
from lti_tool.records.errors import ExportsUsedUp, FileMissing, NothingToExport, SharingChanged
from lti_tool.records.models import MentalHealthFile
from lti_tool.records.selectors import audit_subject, files_in_care
from lti_tool.records.services import carrying
from lti_tool.records.services.baselines import learned_of
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey

ARCHIVES = "archives"
"""The subject under which the audit counts them."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """Who takes what out, and why. `only` is one file's public id; without it, all that are shared."""

    counselor: PlatformUser
    context: Context
    purpose: ExportPurpose
    only: UUID | None = None
    by_command: bool = False

    @property
    def actor(self) -> str:
        """The counselor, as the audit names them."""
        return str(self.counselor.pseudonym)

    def files(self, at: datetime) -> list[MentalHealthFile]:
        """What the counselor may read of it at this moment."""
        shared = files_in_care(self.counselor, self.context, at)
        return [file for file in shared if self.only in {None, file.public_id}]


@dataclass(frozen=True, slots=True)
class Exported:
    """What went out."""

    files: int
    records: int
    remarks: int
    contents: str


@transaction.atomic
def export_files(*, order: Order, lock: Lock, into: IO[bytes], at: datetime) -> Exported:
    """Write the archive. Nothing of it may be handed on before this returns: until then it is not audited.

    One file at a time is in memory. The audit's head is held at the end only, so that nobody waits for it.
    Raises FileMissing, NothingToExport, ExportsUsedUp, SharingChanged, DoorClosed, KeyDestroyed.
    """
    if not order.context.deployment.is_open:
        raise DoorClosed
    _require_turn(order, at)
    files = order.files(at)
    if not files:
        raise NothingToExport if order.only is None else FileMissing
    archive = _Archive(order, files, at)
    lock.shut(packed(archive.members()), into)
    counts = archive.counts
    return Exported(len(files), counts["records"], counts["remarks"], archive.listing.contents)


class _Archive:
    """The members of one archive, made while they are packed."""

    def __init__(self, order: Order, files: Sequence[MentalHealthFile], at: datetime) -> None:
        self.order, self.files, self.at = order, files, at
        self.listing = Listing()
        self.counts = Counter(dict.fromkeys(carrying.NUMBERS, 0))

    def members(self) -> Iterator[tool.Member]:
        """The people, each file, and what the audit knows of it."""
        keys = vault.open_data_keys([file.data_key_id for file in self.files])
        yield self.listing.add(tool.PEOPLE, map(_person, self.files))
        for file in self.files:
            lines = list(_lines(file, keys[file.data_key_id]))
            self.counts.update({number: lines[0][number] for number in carrying.NUMBERS})
            yield self.listing.add(f"{tool.FILES}{file.public_id}.jsonl", lines)
        yield self.listing.close(_facts(self.order, self.at) | self._traced())

    def _traced(self) -> Json:
        """Write down every file. Who stopped sharing since the beginning stops the whole."""
        order = self.order
        subjects = [audit_subject(file) for file in self.files]
        purpose = f"{order.purpose} by_command" if order.by_command else order.purpose.value
        audit.record_each(
            actor=order.actor, action=Action.FILE_EXPORTED, subjects=subjects, purpose=purpose, at=self.at
        )
        entry = audit.record(
            actor=order.actor,
            action=Action.ARCHIVE_MADE,
            subject=ARCHIVES,
            purpose=self.listing.contents,
            at=self.at,
        )
        # The head is ours until the commit: whoever withdraws or exports beside us waits, or was before.
        if not set(self.files) <= set(order.files(self.at)):
            raise SharingChanged
        _require_turn(order, self.at, own=1)
        return {
            "files": len(self.files),
            **self.counts,
            "audit": {"sequence": entry.sequence, "hash": entry.entry_hash},
        }


def _require_turn(order: Order, at: datetime, *, own: int = 0) -> None:
    made = moments_of(action=Action.ARCHIVE_MADE, subject=ARCHIVES, actor=order.actor, since=at - DAY)
    wait = wait_before_next(made[: len(made) - own], at)
    if wait is not None:
        raise ExportsUsedUp(retry_after_s=int(wait.total_seconds()) + 1)


def _facts(order: Order, at: datetime) -> Json:
    context = order.context
    return {
        "exported_at": at.isoformat(),
        "exported_by": order.actor,
        "purpose": order.purpose.value,
        "platform": {"issuer": context.deployment.registration.issuer},
        "course": {"context_id": context.context_id, "title": context.title},
    }


def _person(file: MentalHealthFile) -> Json:
    """By the platform's own name for the student they find their file again; the other only where shared."""
    student = file.student
    name = student.name if student.name_shared else ""
    return {"student": str(student.pseudonym), "sub": student.sub, "name": name}


def _lines(file: MentalHealthFile, key: SecretKey) -> Iterator[Json]:
    held = carrying.lines_of(file, key)
    yield {
        "kind": "file",
        "id": str(file.public_id),
        "student": str(file.student.pseudonym),
        "opened_at": file.opened_at.isoformat(),
        **{f"{kind}s": len(own) for kind, own in held.items()},
    }
    answer = consent.current_consent(student=file.student, context=file.context)
    if answer is not None:
        yield _consent(answer)
    if learned := learned_of(file, key):
        updated_at, medians = learned
        yield {"kind": "baseline", "updated_at": updated_at.isoformat(), "sessions": medians.to_json()}
    for kind, own in held.items():
        yield from ({"kind": kind} | line for line in own)


def _consent(answer: Consent) -> Json:
    return {
        "kind": "consent",
        "purposes": answer.purposes,
        "text_version": answer.text_version,
        "text_hash": answer.text_hash,
        "text_language": answer.text_language,
        "adult_confirmed": answer.adult_confirmed,
        "age_asked": answer.age_asked,
        "shown_by_own_act": answer.shown_by_own_act,
        "answered_at": answer.answered_at.isoformat(),
    }
