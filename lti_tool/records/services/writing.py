"""Append one measured snippet to a file. Knows nothing of frames."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.stress import Level, MeasuredStress, doubt_about, level_of
from lti_tool.records.errors import FileClosed
from lti_tool.records.models import MentalHealthFile, Origin, StressRecord
from lti_tool.records.sealed import open_records, seal_record
from lti_tool.records.services.baselines import baseline_of
from lti_tool.records.services.files import audit_subject, lock
from lti_tool.records.services.summarising import summary_is_due
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey

# How far back a level may be held over snippets that told nothing: a minute at the usual pace.
HELD_OVER = 6


@transaction.atomic
def append_record(
    *,
    file: MentalHealthFile,
    measured: MeasuredStress,
    session_id: UUID,
    origin: Origin = Origin.MEASURED,
    at: datetime,
) -> StressRecord:
    """Judge the level against the student's own usual, seal both, add them. Raises FileClosed."""
    held = lock(file)
    if held.closed_at is not None:
        raise FileClosed
    key = vault.open_data_key(held.data_key)
    baseline = baseline_of(held, key)
    interval = (measured.score, measured.low, measured.high)
    level = level_of(*interval, baseline, _level_before(held, key, session_id, at))
    record = StressRecord(file=held, session_id=session_id, recorded_at=at, origin=origin)
    record.sealed = seal_record(
        record, held, key, measured=measured, level=level, doubt=doubt_about(*interval, baseline)
    )
    record.save(force_insert=True)
    summary_is_due(file=held, session_id=session_id, at=at)
    audit.record(actor=audit.SYSTEM, action=Action.RECORD_APPENDED, subject=audit_subject(held), at=at)
    return record


def _level_before(file: MentalHealthFile, key: SecretKey, session_id: UUID, at: datetime) -> Level:
    """The last level in this session that could be told."""
    earlier = StressRecord.objects.of(file).filter(session_id=session_id, recorded_at__lt=at)
    newest_first = earlier.order_by("-recorded_at", "-pk")[:HELD_OVER]
    levels = (observation.level for observation in open_records(newest_first, file, key))
    return next((level for level in levels if level is not Level.UNKNOWN), Level.UNKNOWN)
