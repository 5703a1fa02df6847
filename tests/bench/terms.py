"""Courses in which every student has a term of records, made as fast as they can be sealed."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile, Origin, StressRecord
from lti_tool.records.sealed import seal_record
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey
from tests import factories as make

# Four times a week for twelve and a half weeks, ten minutes each, a snippet every ten seconds.
SESSIONS, SNIPPETS = 50, 60
RECORDS = SESSIONS * SNIPPETS
PACE = timedelta(seconds=10)


def make_term(context: Context, *, until: datetime) -> MentalHealthFile:
    """One student who said yes to everything, and 3,000 records."""
    student = make.consenting(context, at=until - timedelta(weeks=13))
    file = records.open_file(student=student, context=context, at=until - timedelta(weeks=13))
    key = vault.open_data_key(file.data_key)
    StressRecord.objects.bulk_create(_records(file, key, until), batch_size=RECORDS)
    records.refresh_baseline(file=file, at=until)
    return file


def _records(file: MentalHealthFile, key: SecretKey, until: datetime) -> Iterator[StressRecord]:
    for session in range(SESSIONS):
        begun, session_id = until - (SESSIONS - session) * timedelta(hours=42), uuid.uuid4()
        for place in range(SNIPPETS):
            yield _record(file, key, session_id, begun + place * PACE)


def _record(file: MentalHealthFile, key: SecretKey, session_id: uuid.UUID, at: datetime) -> StressRecord:
    score = None if random.random() < 0.1 else random.uniform(0.1, 0.6)  # noqa: S311 - invented
    record = StressRecord(file=file, session_id=session_id, recorded_at=at, origin=Origin.MEASURED)
    record.sealed = seal_record(
        record, file, key, measured=make.measured(score), level=Level.UNKNOWN, doubt=None
    )
    return record
