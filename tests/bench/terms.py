"""Courses in which every student has a term of records, made as fast as they can be sealed."""

import random
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile, Origin, SealedSummary, StressRecord
from lti_tool.records.sealed import seal_record
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey
from tests import factories as make

# Four times a week for twelve and a half weeks, ten minutes each, a snippet every ten seconds.
SESSIONS, SNIPPETS = 50, 60
RECORDS = SESSIONS * SNIPPETS
PACE = timedelta(seconds=10)
APART = timedelta(hours=42)


def make_term(context: Context, *, until: datetime) -> MentalHealthFile:
    """One student who said yes to everything, and 3,000 records. Every summary is due."""
    student = make.consenting(context, at=until - timedelta(weeks=13))
    return fill_term(student, context, until=until)


def fill_term(student: PlatformUser, context: Context, *, until: datetime) -> MentalHealthFile:
    """The same for somebody who is there already."""
    file = records.open_file(student=student, context=context, at=until - timedelta(weeks=13))
    key = vault.open_data_key(file.data_key)
    begun = {uuid.uuid4(): until - number * APART for number in range(SESSIONS, 0, -1)}
    StressRecord.objects.bulk_create(_records(file, key, begun), batch_size=RECORDS)
    SealedSummary.objects.bulk_create(_due(file, begun))
    records.refresh_baseline(file=file, at=until)
    return file


def _records(
    file: MentalHealthFile, key: SecretKey, begun: Mapping[uuid.UUID, datetime]
) -> Iterator[StressRecord]:
    for session_id, start in begun.items():
        for place in range(SNIPPETS):
            yield _record(file, key, session_id, start + place * PACE)


def _due(file: MentalHealthFile, begun: Mapping[uuid.UUID, datetime]) -> Iterator[SealedSummary]:
    """As `append_record` leaves them."""
    for session_id, start in begun.items():
        end = start + (SNIPPETS - 1) * PACE
        yield SealedSummary(file=file, session_id=session_id, started_at=start, ended_at=end)


def _record(file: MentalHealthFile, key: SecretKey, session_id: uuid.UUID, at: datetime) -> StressRecord:
    score = None if random.random() < 0.1 else random.uniform(0.1, 0.6)  # noqa: S311 - invented
    record = StressRecord(file=file, session_id=session_id, recorded_at=at, origin=Origin.MEASURED)
    record.sealed = seal_record(
        record, file, key, measured=make.measured(score), level=Level.UNKNOWN, doubt=None
    )
    return record
