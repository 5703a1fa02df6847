"""What a student says of an exercise: kept for them, read to them, destroyed. Nobody else can ask."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault import services as vault
from lti_tool.wellbeing.models import Diary, DiaryEntry
from lti_tool.wellbeing.pages import OpenDiary, Said
from lti_tool.wellbeing.sealed import open_settings, seal_entry
from lti_tool.wellbeing.selectors import audit_subject, diary_of
from lti_tool.wellbeing.services import opening


@transaction.atomic
def say_whether_it_helped(
    *, student: PlatformUser, context: Context, exercise: Exercise, helped: Helped, at: datetime
) -> bool:
    """Keep the answer. Returns whether it was kept: who wants nothing kept is taken at their word."""
    diary, key = opening.begin(student, context, at)
    if not open_settings(diary, key).keep:
        return False
    entry = DiaryEntry(diary=diary, written_at=at)
    entry.sealed = seal_entry(entry, Said(at, exercise, helped), key)
    entry.save(force_insert=True)
    Diary.objects.filter(pk=diary.pk).update(used_at=at)
    opening.record(diary, Action.DIARY_WRITTEN, "answer", at)
    return True


@transaction.atomic
def read_diary(*, student: PlatformUser, context: Context, purpose: str, at: datetime) -> OpenDiary:
    """The student's own, for the student. One that was never begun is empty, and leaves no trace."""
    diary = diary_of(student, context)
    if diary is None:
        return OpenDiary()
    read = opening.read(diary)
    opening.record(diary, Action.DIARY_READ, purpose, at)
    return read


@transaction.atomic
def keep_answers(*, student: PlatformUser, context: Context, keep: bool, at: datetime) -> None:
    """Keep answers from now on, or keep none: then everything kept so far goes, and only the choice stays."""
    if not keep:
        destroy_diary(student=student, context=context, at=at)
    diary, key = opening.begin(student, context, at)
    settings = replace(open_settings(diary, key), keep=keep)
    opening.write_settings(diary, key, settings, "keep" if keep else "keep_nothing", at)


@transaction.atomic
def destroy_diary(*, student: PlatformUser, context: Context, by: str = "", at: datetime) -> bool:
    """Destroy the key, and with it everything. Returns whether there was anything.

    `by` is a pseudonym, the student's own unless another is given.
    """
    PlatformUser.objects.select_for_update().get(pk=student.pk)
    diary = diary_of(student, context)
    if diary is None:
        return False
    vault.destroy_data_key(diary.data_key, at=at)
    key, subject = diary.data_key_id, audit_subject(diary)
    diary.delete()
    vault.forget_destroyed_keys([key])
    actor = by or str(student.pseudonym)
    audit.record(actor=actor, action=Action.DIARY_DESTROYED, subject=subject, at=at)
    return True
