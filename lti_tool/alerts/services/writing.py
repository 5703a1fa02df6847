"""What people write into a case: counselors for counselors, students about themselves. All sealed."""

import unicodedata
from datetime import datetime

from django.db import transaction

from lti_tool.alerts import sealed
from lti_tool.alerts.errors import WORDS_LONGEST, NothingWritten, StepNotNow, TooLong
from lti_tool.alerts.models import Case, CaseNote, Word, WordKind
from lti_tool.alerts.selectors import require_counselor
from lti_tool.alerts.services.holding import hold, touch
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import PlatformUser
from lti_tool.vault import services as vault

_DROPPED = {"Cc", "Cs"}  # control characters, and halves of characters: neither is text


def checked(text: str, *, may_be_empty: bool = False) -> str:
    """What was typed, as plain text. Raises TooLong, NothingWritten."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _DROPPED).strip()
    if len(kept) > WORDS_LONGEST:
        raise TooLong
    if not kept and not may_be_empty:
        raise NothingWritten
    return kept


@transaction.atomic
def write_note(*, case: Case, author: PlatformUser, text: str, at: datetime) -> CaseNote:
    """A counselor's note. It is never changed: who errs writes another.

    Raises CaseMissing for anybody but a counselor of the course, TooLong, NothingWritten.
    """
    held = hold(case)
    require_counselor(author, held, at)
    row = CaseNote(case=held, author=author, written_at=at)
    sealed.seal_into(row, {"text": checked(text)}, case=held, key=vault.open_data_key(held.data_key))
    row.save(force_insert=True)
    touch(held, at)
    actor, subject = str(author.pseudonym), f"case:{held.public_id}"
    audit.record(actor=actor, action=Action.CASE_NOTE_WRITTEN, subject=subject, at=at)
    return row


@transaction.atomic
def say_of_case(*, case: Case, kind: WordKind, text: str, at: datetime) -> Word:
    """What a student says of a case of their own, while it is open. To contest it takes no words.

    Who wants to be contacted asks by `ask_for_contact`, which tells counselors. Raises StepNotNow for that,
    and for a closed case; TooLong, NothingWritten.
    """
    held = hold(case)
    if not held.is_open or kind is WordKind.CONTACT:
        raise StepNotNow
    row = Word(case=held, kind=kind, written_at=at)
    body = {"text": checked(text, may_be_empty=kind is WordKind.CONTEST)}
    sealed.seal_into(row, body, case=held, key=vault.open_data_key(held.data_key))
    row.save(force_insert=True)
    touch(held, at)
    actor, subject = str(held.student.pseudonym), f"case:{held.public_id}"
    audit.record(actor=actor, action=Action.CASE_WORD_SAID, subject=subject, purpose=kind.value, at=at)
    return row
