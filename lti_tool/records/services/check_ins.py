"""Let a student say how they are, hide it from counselors and take it back. Knows nothing of cameras."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.errors import CheckInMissing
from lti_tool.records.history import OpenedCheckIn
from lti_tool.records.models import CheckIn, CheckInQuerySet, MentalHealthFile
from lti_tool.records.sealed_check_ins import open_check_ins, seal_check_in
from lti_tool.records.selectors import audit_subject
from lti_tool.records.services.files import lock, open_file
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey


@transaction.atomic
def keep_check_in(
    *, student: PlatformUser, context: Context, report: SelfReport, shared: Shared, at: datetime
) -> CheckIn:
    """Keep what a student says of themselves, in their file; the first one opens a file where there is none.

    An act of the student's own, so it waits for no yes to the camera and for no activation.
    """
    file = lock(open_file(student=student, context=context, at=at))
    row = CheckIn(file=file, at=at, shared=shared)
    row.sealed = seal_check_in(report, row, file, vault.open_data_key(file.data_key))
    row.save(force_insert=True)
    _audit(Action.CHECK_IN_KEPT, student, row, purpose=shared.value, at=at)
    return row


@transaction.atomic
def delete_check_in(*, file: MentalHealthFile, public_id: UUID, at: datetime) -> None:
    """Take one back: the row goes, and with it what was said. Raises CheckInMissing."""
    row = _own(lock(file), public_id)
    row.delete()
    _audit(Action.CHECK_IN_DELETED, file.student, row, at=at)


@transaction.atomic
def hide_check_ins(*, file: MentalHealthFile, at: datetime) -> int:
    """Let no counselor see a check-in that was shown by an act of its own. Returns how many there were."""
    held = lock(file)
    rows = list(CheckIn.objects.of_files([held]).shown_by_own_act())
    if not rows:
        return 0
    key = vault.open_data_key(held.data_key)
    for row, opened in zip(rows, open_check_ins(rows, held, key), strict=True):
        row.shared = Shared.NOBODY
        row.sealed = seal_check_in(SelfReport(opened.stress, opened.phq4), row, held, key)
        row.save(update_fields=["shared", "sealed"])
    actor = str(file.student.pseudonym)
    audit.record(actor=actor, action=Action.CHECK_INS_HIDDEN, subject=audit_subject(held), at=at)
    return len(rows)


@transaction.atomic
def read_own_check_in(*, file: MentalHealthFile, public_id: UUID, at: datetime) -> OpenedCheckIn:
    """One check-in for the page of its student. Raises CheckInMissing, KeyDestroyed."""
    row = _own(file, public_id)
    (opened,) = open_check_ins([row], file, vault.open_data_key(file.data_key))
    _audit(Action.FILE_READ, file.student, row, purpose="own_check_in", at=at)
    return opened


def check_ins_of(
    keys: Mapping[MentalHealthFile, SecretKey],
    asked: CheckInQuerySet,
    may_see: Callable[[MentalHealthFile, Shared], bool] = lambda file, shared: True,
) -> dict[int, tuple[OpenedCheckIn, ...]]:
    """What students said in each file, by the file's primary key, oldest first, in one query.

    What may not be seen is not opened.
    """
    rows: dict[int, list[CheckIn]] = defaultdict(list)
    for row in asked.of_files(keys):
        rows[row.file_id].append(row)
    opened = {}
    for file, key in keys.items():
        seen = [row for row in rows[file.pk] if may_see(file, Shared(row.shared))]
        opened[file.pk] = open_check_ins(seen, file, key)
    return opened


def _own(file: MentalHealthFile, public_id: UUID) -> CheckIn:
    row = CheckIn.objects.of_files([file]).filter(public_id=public_id).first()
    if row is None:
        raise CheckInMissing
    return row


def _audit(action: Action, student: PlatformUser, row: CheckIn, *, purpose: str = "", at: datetime) -> None:
    actor, subject = str(student.pseudonym), f"check-in:{row.public_id}"
    audit.record(actor=actor, action=action, subject=subject, purpose=purpose, at=at)
