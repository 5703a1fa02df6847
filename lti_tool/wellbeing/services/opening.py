"""Begin, open and write a diary: what the services of the room share. Whoever calls holds the transaction."""

from datetime import datetime

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey
from lti_tool.wellbeing.models import Diary
from lti_tool.wellbeing.pages import OpenDiary, Settings
from lti_tool.wellbeing.sealed import open_entry, open_settings, seal_settings
from lti_tool.wellbeing.selectors import audit_subject, diaries, diary_of

Opened = tuple[Diary, SecretKey]


def hold(student: PlatformUser) -> None:
    """Two tabs of one person wait for each other: no two diaries, no two offers at once."""
    PlatformUser.objects.select_for_update().get(pk=student.pk)


def begin(student: PlatformUser, context: Context, at: datetime) -> Opened:
    """The student's diary with its key; a new one where there is none. The person is held."""
    hold(student)
    diary = diary_of(student, context)
    if diary is None:
        key = vault.create_data_key(at=at)
        diary = Diary.objects.create(student=student, context=context, data_key=key, opened_at=at, used_at=at)
    return diary, vault.open_data_key(diary.data_key)


def every_diary_of(student: PlatformUser) -> list[Opened]:
    """Those of all the person's courses. Raises KeyDestroyed."""
    own = list(diaries().filter(student=student).order_by("pk"))
    keys = vault.open_data_keys([diary.data_key_id for diary in own])
    return [(diary, keys[diary.data_key_id]) for diary in own]


def read(diary: Diary) -> OpenDiary:
    """All of one, oldest answer first. Raises KeyDestroyed, SealBroken."""
    key = vault.open_data_key(diary.data_key)
    entries = diary.entries.select_related("diary__context__deployment")
    return OpenDiary(open_settings(diary, key), tuple(open_entry(entry, key) for entry in entries))


def write_settings(diary: Diary, key: SecretKey, settings: Settings, purpose: str, at: datetime) -> None:
    """Seal what was chosen or offered, in place of what was there, and say so in the audit."""
    diary.sealed, diary.used_at = seal_settings(settings, diary, key), at
    diary.save(update_fields=["sealed", "used_at"])
    record(diary, Action.DIARY_WRITTEN, purpose, at)


def record(diary: Diary, action: Action, purpose: str, at: datetime) -> None:
    """One line in the audit, by the student: nobody else can have done it."""
    actor, subject = str(diary.student.pseudonym), audit_subject(diary)
    audit.record(actor=actor, action=action, subject=subject, purpose=purpose, at=at)
