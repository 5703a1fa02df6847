"""Let a student say something about a session of their own, change it, and take it back."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.remarks import Remark
from lti_tool.records.errors import FileClosed, RemarkTooLong, SessionMissing
from lti_tool.records.models import MentalHealthFile, SessionRemark, StressRecord
from lti_tool.records.sealed_remarks import open_remarks, seal_remark
from lti_tool.records.services.baselines import reconsider_session
from lti_tool.records.services.files import lock
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey


@transaction.atomic
def say_of_session(*, file: MentalHealthFile, session_id: UUID, remark: Remark, at: datetime) -> None:
    """Keep what the student says of a session, in place of what they said before; nothing said keeps nothing.

    A session that does not fit leaves the usual at once, and comes back into it when that is taken back.
    Raises RemarkTooLong, FileClosed, SessionMissing.
    """
    if remark.is_too_long:
        raise RemarkTooLong
    held = lock(file)
    if held.closed_at is not None:
        raise FileClosed
    if not StressRecord.objects.filter(file=held, session_id=session_id).exists():
        raise SessionMissing
    key = vault.open_data_key(held.data_key)
    replace_remark(held, key, session_id, remark, at)
    reconsider_session(held, key, session_id)
    action = Action.REMARK_DELETED if remark.is_empty else Action.REMARK_WRITTEN
    actor, subject = str(file.student.pseudonym), f"session:{session_id}"
    audit.record(actor=actor, action=action, subject=subject, at=at)


def replace_remark(
    file: MentalHealthFile, key: SecretKey, session_id: UUID, remark: Remark, at: datetime
) -> None:
    """Keep this in place of what was said before. Whoever calls holds the file, and audits."""
    SessionRemark.objects.filter(file=file, session_id=session_id).delete()
    if remark.is_empty:
        return
    row = SessionRemark(file=file, session_id=session_id, written_at=at)
    row.sealed = seal_remark(remark, row, file, key)
    row.save(force_insert=True)


def remarks_of(keys: Mapping[MentalHealthFile, SecretKey]) -> dict[int, dict[UUID, Remark]]:
    """What students said in each file, by the file's primary key, in one query."""
    rows: dict[int, list[SessionRemark]] = defaultdict(list)
    for row in SessionRemark.objects.filter(file__in=keys):
        rows[row.file_id].append(row)
    return {file.pk: open_remarks(rows[file.pk], file, key) for file, key in keys.items()}
