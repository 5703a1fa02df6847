"""Begin and end a file. Its life is its key's life."""

from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import (
    Baseline,
    CheckIn,
    MentalHealthFile,
    SealedSummary,
    SessionRemark,
    StressRecord,
)
from lti_tool.records.selectors import audit_subject, open_file_of
from lti_tool.vault import services as vault


@transaction.atomic
def open_file(*, student: PlatformUser, context: Context, at: datetime) -> MentalHealthFile:
    """The student's open file in the course; a new one, with a new key, if there is none."""
    PlatformUser.objects.select_for_update().get(pk=student.pk)  # two tabs must not begin two files
    file = open_file_of(student, context)
    if file is not None:
        return file
    key = vault.create_data_key(at=at)
    file = MentalHealthFile.objects.create(student=student, context=context, data_key=key, opened_at=at)
    audit.record(actor=str(student.pseudonym), action=Action.FILE_OPENED, subject=audit_subject(file), at=at)
    return file


def lock(file: MentalHealthFile) -> MentalHealthFile:
    """The file as it is now, held until the transaction ends: nothing is written while it is erased."""
    held = MentalHealthFile.objects.select_for_update(of=("self",))
    return held.select_related("data_key", "context__deployment").get(pk=file.pk)


@transaction.atomic
def destroy_file(*, file: MentalHealthFile, by: str = "", at: datetime) -> int:
    """Destroy the key, delete what it sealed, close the file. Returns how many records there were.

    `by` is a pseudonym, the student's own unless another is given.
    """
    held = lock(file)
    vault.destroy_data_key(held.data_key, at=at)
    Baseline.objects.filter(file=held).delete()
    SealedSummary.objects.filter(file=held).delete()
    SessionRemark.objects.filter(file=held).delete()
    CheckIn.objects.filter(file=held).delete()
    destroyed = StressRecord.objects.filter(file=held).count()
    StressRecord.objects.filter(file=held).delete()
    MentalHealthFile.objects.filter(pk=held.pk, closed_at=None).update(closed_at=at, off_list_since=None)
    file.refresh_from_db()
    actor = by or str(file.student.pseudonym)
    audit.record(actor=actor, action=Action.FILE_DESTROYED, subject=audit_subject(file), at=at)
    return destroyed
