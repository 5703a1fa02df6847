"""Open a file for somebody who may read it, and write down that they did, in one transaction."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.audit.selectors import was_recorded
from lti_tool.core import clock
from lti_tool.domain.access import Sight
from lti_tool.domain.checkins import Shared, may_be_seen
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.errors import FileRefused, PurposeMissing, SessionMissing
from lti_tool.records.history import History, Observation, OpenedCheckIn
from lti_tool.records.models import CheckIn, MentalHealthFile, SealedSummary, StressRecord
from lti_tool.records.sealed import open_records
from lti_tool.records.sealed_summaries import open_sessions
from lti_tool.records.selectors import (
    audit_subject,
    files_in_care,
    files_with_shown_check_ins,
    shared_files,
    sight_for,
)
from lti_tool.records.services.baselines import baseline_of, baselines_of
from lti_tool.records.services.check_ins import check_ins_of
from lti_tool.records.services.remarks import remarks_of
from lti_tool.records.summaries import SessionHistory
from lti_tool.vault import services as vault

RULE: Final = "rule"


@transaction.atomic
def read_file(
    *, file: MentalHealthFile, reader: str, purpose: str, at: datetime, since: datetime | None = None
) -> History:
    """Everything in the file, or everything from `since` on, oldest first. `reader` is a pseudonym.

    Raises FileRefused for anybody but the student and a counselor with whom the student shares it;
    PurposeMissing; KeyDestroyed.
    """
    sight = _require_sight(file, reader, purpose, at)
    if sight is Sight.SHOWN_CHECK_INS:
        raise FileRefused
    key = vault.open_data_key(file.data_key)
    records = StressRecord.objects.of(file).since(since)
    history = History(
        observations=tuple(open_records(records, file, key)),
        baseline=baseline_of(file, key),
        remarks=remarks_of({file: key})[file.pk],
        check_ins=check_ins_of({file: key}, CheckIn.objects.since(since), _seen_by(sight))[file.pk],
    )
    audit.record(actor=reader, action=Action.FILE_READ, subject=audit_subject(file), purpose=purpose, at=at)
    return history


@transaction.atomic
def read_sessions(*, file: MentalHealthFile, reader: str, purpose: str, at: datetime) -> SessionHistory:
    """The sessions of the file instead of its records: the same door, the same trace, the same errors.

    Only the check-ins where the student showed a counselor those and no more.
    """
    sight = _require_sight(file, reader, purpose, at)
    keys = {file: vault.open_data_key(file.data_key)}
    check_ins = check_ins_of(keys, CheckIn.objects.all(), _seen_by(sight))[file.pk]
    audit.record(actor=reader, action=Action.FILE_READ, subject=audit_subject(file), purpose=purpose, at=at)
    if sight is Sight.SHOWN_CHECK_INS:
        return _of_check_ins(check_ins)
    sessions = open_sessions(SealedSummary.objects.all(), keys)[file.pk]
    return SessionHistory(sessions, baseline_of(file, keys[file]), remarks_of(keys)[file.pk], check_ins)


@transaction.atomic
def read_for_rule(*, file: MentalHealthFile, at: datetime) -> SessionHistory:
    """The sessions of the file and every check-in, for a rule that shows them to nobody.

    Audited as the system's, with the purpose "rule". Raises KeyDestroyed.
    """
    keys = {file: vault.open_data_key(file.data_key)}
    subject = audit_subject(file)
    audit.record(actor=audit.SYSTEM, action=Action.FILE_READ, subject=subject, purpose=RULE, at=at)
    return SessionHistory(
        open_sessions(SealedSummary.objects.all(), keys)[file.pk],
        baseline_of(file, keys[file]),
        remarks_of(keys)[file.pk],
        check_ins_of(keys, CheckIn.objects.all())[file.pk],
    )


def opened_sessions(file: MentalHealthFile) -> SessionHistory:
    """For the services of this room alone: who asks has judged the reader, and writes the read down.

    No check-ins: an emergency opens what was measured, not what somebody said of themselves.
    """
    key = vault.open_data_key(file.data_key)
    sessions = open_sessions(SealedSummary.objects.all(), {file: key})
    return SessionHistory(sessions[file.pk], baseline_of(file, key), remarks_of({file: key})[file.pk], ())


@transaction.atomic
def read_files_in_care(
    *, counselor: PlatformUser, context: Context, purpose: str, at: datetime, since: datetime | None = None
) -> list[tuple[MentalHealthFile, SessionHistory]]:
    """The sessions of every file of the course that is shared with this counselor, in the order of names.

    Then the check-ins of those who showed only these. What is from `since` on, or all. Each read is audited;
    the number of queries is the same for one file as for eighty. Raises PurposeMissing, KeyDestroyed.
    """
    if not purpose.strip():
        raise PurposeMissing
    files = files_in_care(counselor, context, at)
    with_check_ins_only = files_with_shown_check_ins(counselor, context, at)
    opened = vault.open_data_keys([file.data_key_id for file in (*files, *with_check_ins_only)])
    keys = {file: opened[file.data_key_id] for file in files}
    every_key = keys | {file: opened[file.data_key_id] for file in with_check_ins_only}
    baselines, remarks = baselines_of(keys), remarks_of(keys)
    sessions = open_sessions(SealedSummary.objects.since(since), keys)
    check_ins = check_ins_of(
        every_key,
        CheckIn.objects.since(since),
        lambda file, shared: may_be_seen(shared, record_is_shared=file in keys),
    )
    audit.record_each(
        actor=str(counselor.pseudonym),
        action=Action.FILE_READ,
        subjects=[audit_subject(file) for file in every_key],
        purpose=purpose,
        at=at,
    )
    whole = [
        (file, SessionHistory(sessions[file.pk], baselines[file.pk], remarks[file.pk], check_ins[file.pk]))
        for file in files
    ]
    in_part = [(file, _of_check_ins(check_ins[file.pk])) for file in with_check_ins_only]
    return whole + in_part


@transaction.atomic
def read_shared_files(
    *,
    counselor: PlatformUser,
    contexts: Collection[Context],
    students: Collection[int],
    purpose: str,
    at: datetime,
    since: datetime | None = None,
) -> dict[tuple[int, int], tuple[MentalHealthFile, SessionHistory]]:
    """Files of some students in some courses of one deployment, by the pair of their primary keys.

    Only what is shared with this counselor, who must be one in each course; what is not is left out. Each
    read is audited; one file takes as many queries as fifty. Raises PurposeMissing, KeyDestroyed.
    """
    if not purpose.strip():
        raise PurposeMissing
    files = shared_files(counselor, contexts, students, at)
    opened = vault.open_data_keys([file.data_key_id for file in files])
    keys = {file: opened[file.data_key_id] for file in files}
    baselines, remarks = baselines_of(keys), remarks_of(keys)
    sessions = open_sessions(SealedSummary.objects.since(since), keys)
    check_ins = check_ins_of(keys, CheckIn.objects.since(since), _seen_by(Sight.SHARED))
    subjects = [audit_subject(file) for file in keys]
    actor = str(counselor.pseudonym)
    audit.record_each(actor=actor, action=Action.FILE_READ, subjects=subjects, purpose=purpose, at=at)
    return {
        (file.student_id, file.context_id): (
            file,
            SessionHistory(sessions[file.pk], baselines[file.pk], remarks[file.pk], check_ins[file.pk]),
        )
        for file in keys
    }


def read_latest(
    *, file: MentalHealthFile, session_id: UUID, at: datetime | None = None, count: int = 100
) -> tuple[Observation, ...]:
    """The newest observations of one session for the student's own page, oldest first.

    Watching one's own session is one read, however often the page asks: it is audited once a session.
    """
    _audit_once(file, session_id, at or clock.now())
    key = vault.open_data_key(file.data_key)
    of_session = StressRecord.objects.of(file).filter(session_id=session_id)
    newest = of_session.order_by("-recorded_at", "-pk")[:count]
    return tuple(open_records(newest, file, key))[::-1]


@transaction.atomic
def read_own_session(*, file: MentalHealthFile, session_id: UUID, at: datetime) -> SessionHistory:
    """One session for the student's own page. Audited once a session. Raises SessionMissing, KeyDestroyed."""
    _audit_once(file, session_id, at)
    key = vault.open_data_key(file.data_key)
    sessions = open_sessions(SealedSummary.objects.filter(session_id=session_id), {file: key})[file.pk]
    if not sessions:
        raise SessionMissing
    return SessionHistory(sessions, baseline_of(file, key), remarks_of({file: key})[file.pk])


def _audit_once(file: MentalHealthFile, session_id: UUID, at: datetime) -> None:
    actor, subject = str(file.student.pseudonym), f"session:{session_id}"
    if not was_recorded(actor=actor, action=Action.SESSION_READ, subject=subject):
        audit.record(actor=actor, action=Action.SESSION_READ, subject=subject, purpose="own_session", at=at)


def _require_sight(file: MentalHealthFile, reader: str, purpose: str, at: datetime) -> Sight:
    if not purpose.strip():
        raise PurposeMissing
    sight = sight_for(file, reader, at)
    if sight is None:
        raise FileRefused
    return sight


def _seen_by(sight: Sight) -> Callable[[MentalHealthFile, Shared], bool]:
    """Which check-ins come with it."""
    if sight is Sight.WHOLE:
        return lambda file, shared: True
    return lambda file, shared: may_be_seen(shared, record_is_shared=sight is Sight.SHARED)


def _of_check_ins(check_ins: tuple[OpenedCheckIn, ...]) -> SessionHistory:
    """All that is shown where the record itself is not."""
    return SessionHistory((), None, {}, check_ins, only_check_ins=True)
