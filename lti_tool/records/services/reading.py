"""Open a file for somebody who may read it, and write down that they did, in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.audit.selectors import was_recorded
from lti_tool.core import clock
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.errors import FileRefused, PurposeMissing, SessionMissing
from lti_tool.records.history import History, Observation
from lti_tool.records.models import MentalHealthFile, SealedSummary, StressRecord
from lti_tool.records.sealed import open_records
from lti_tool.records.sealed_summaries import open_sessions
from lti_tool.records.selectors import audit_subject, files_in_care, viewer_for
from lti_tool.records.services.baselines import baseline_of, baselines_of
from lti_tool.records.services.remarks import remarks_of
from lti_tool.records.summaries import SessionHistory
from lti_tool.vault import services as vault


@transaction.atomic
def read_file(
    *, file: MentalHealthFile, reader: str, purpose: str, at: datetime, since: datetime | None = None
) -> History:
    """Everything in the file, or everything from `since` on, oldest first. `reader` is a pseudonym.

    Raises FileRefused for anybody but the student and a counselor with whom the student shares it;
    PurposeMissing; KeyDestroyed.
    """
    _require_reader(file, reader, purpose, at)
    key = vault.open_data_key(file.data_key)
    records = StressRecord.objects.of(file).since(since)
    history = History(
        observations=tuple(open_records(records, file, key)),
        baseline=baseline_of(file, key),
        remarks=remarks_of({file: key})[file.pk],
    )
    audit.record(actor=reader, action=Action.FILE_READ, subject=audit_subject(file), purpose=purpose, at=at)
    return history


@transaction.atomic
def read_sessions(*, file: MentalHealthFile, reader: str, purpose: str, at: datetime) -> SessionHistory:
    """The sessions of the file instead of its records: the same door, the same trace, the same errors."""
    _require_reader(file, reader, purpose, at)
    history = opened_sessions(file)
    audit.record(actor=reader, action=Action.FILE_READ, subject=audit_subject(file), purpose=purpose, at=at)
    return history


def opened_sessions(file: MentalHealthFile) -> SessionHistory:
    """For the services of this room alone: who asks has judged the reader, and writes the read down."""
    key = vault.open_data_key(file.data_key)
    sessions = open_sessions(SealedSummary.objects.all(), {file: key})
    return SessionHistory(sessions[file.pk], baseline_of(file, key), remarks_of({file: key})[file.pk])


@transaction.atomic
def read_files_in_care(
    *, counselor: PlatformUser, context: Context, purpose: str, at: datetime, since: datetime | None = None
) -> list[tuple[MentalHealthFile, SessionHistory]]:
    """The sessions of every file of the course that is shared with this counselor, in the order of names.

    Those from `since` on, or all. Each file's read is audited; the number of queries is the same for one file
    as for eighty. Raises PurposeMissing, KeyDestroyed.
    """
    if not purpose.strip():
        raise PurposeMissing
    files = files_in_care(counselor, context, at)
    opened = vault.open_data_keys([file.data_key_id for file in files])
    keys = {file: opened[file.data_key_id] for file in files}
    baselines, remarks = baselines_of(keys), remarks_of(keys)
    sessions = open_sessions(SealedSummary.objects.since(since), keys)
    audit.record_each(
        actor=str(counselor.pseudonym),
        action=Action.FILE_READ,
        subjects=[audit_subject(file) for file in keys],
        purpose=purpose,
        at=at,
    )
    return [(file, SessionHistory(sessions[file.pk], baselines[file.pk], remarks[file.pk])) for file in keys]


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


def _require_reader(file: MentalHealthFile, reader: str, purpose: str, at: datetime) -> None:
    if not purpose.strip():
        raise PurposeMissing
    if viewer_for(file, reader, at) is None:
        raise FileRefused
