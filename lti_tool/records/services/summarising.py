"""Keep one summary a session, made when the session has gone quiet: adding a record stays cheap."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef, Value
from django.db.models.functions import Greatest, Least

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.core.errors import AttuneError
from lti_tool.records.models import (
    DUE,
    SUMMARY_SCHEMA,
    MentalHealthFile,
    SealedSummary,
    StressRecord,
    SummaryQuerySet,
)
from lti_tool.records.sealed_summaries import SummaryEnvelope, seal_summary, summaries_from_records
from lti_tool.records.selectors import open_files
from lti_tool.records.services.files import audit_subject, lock
from lti_tool.records.summaries import SessionSummary
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey

log = logging.getLogger(__name__)

# Longer than between two snippets, and than most measurements wait: few sessions are summarised twice.
QUIET: Final = timedelta(minutes=2)
AT_ONCE: Final = 20
"""Sessions of one file in one transaction: it holds the file, and on SQLite everybody else's writes."""
A_RUN: Final = 500


def summary_is_due(*, file: MentalHealthFile, session_id: UUID, at: datetime) -> None:
    """A record of this moment was added: the summary, if there is one, says too little. The file is held."""
    own = SealedSummary.objects.filter(file=file, session_id=session_id)
    widened = own.update(
        started_at=Least("started_at", Value(at)),
        ended_at=Greatest("ended_at", Value(at)),
        schema_version=DUE,
        sealed=b"",
    )
    if not widened:
        SealedSummary.objects.create(file=file, session_id=session_id, started_at=at, ended_at=at)


def summarise_sessions(*, at: datetime) -> int:
    """Make the summaries that are due of sessions gone quiet, as many as a run may. Returns how many."""
    made = 0
    for file in open_files().filter(Exists(_due(at).filter(file=OuterRef("pk")))).order_by("pk"):
        while made < A_RUN and (more := _summarised(file, at)):
            made += more
    return made


def add_missing_summaries() -> int:
    """Have one made for every session that has none: for records that came without `append_record`."""
    with_one = SealedSummary.objects.filter(file=OuterRef("file"), session_id=OuterRef("session_id"))
    sessions = StressRecord.objects.exclude(Exists(with_one)).order_by().values_list("file_id", "session_id")
    missing = [
        SealedSummary(file_id=file_id, session_id=session_id, started_at=start, ended_at=end)
        for file_id, session_id, start, end in sessions.annotate(Min("recorded_at"), Max("recorded_at"))
    ]
    SealedSummary.objects.bulk_create(missing, batch_size=1000, ignore_conflicts=True)
    return len(missing)


def _due(at: datetime) -> SummaryQuerySet:
    return SealedSummary.objects.due().before(at - QUIET)


def _summarised(file: MentalHealthFile, at: datetime) -> int:
    """One file that does not open must not keep the others waiting."""
    try:
        return _summarise_some(file, at)
    except AttuneError as error:
        log.warning("Sessions of %s could not be summarised: %s", file, error.code)
        return 0


@transaction.atomic
def _summarise_some(file: MentalHealthFile, at: datetime) -> int:
    """The file is held, so that nothing is added meanwhile; the rows too, so that nothing is swept."""
    held = lock(file)
    rows = list(_due(at).filter(file=held).order_by("started_at").select_for_update()[:AT_ONCE])
    if held.closed_at is not None or not rows:
        return 0
    key = vault.open_data_key(held.data_key)
    due = [(held.pk, SummaryEnvelope(DUE, row.session_id, row.started_at, row.ended_at)) for row in rows]
    found = {summary.session_id: summary for _, summary in summaries_from_records(due, {held: key})}
    for row in rows:
        _keep(row, found.get(row.session_id), held, key)
    audit.record(actor=audit.SYSTEM, action=Action.SESSIONS_SUMMARISED, subject=audit_subject(held), at=at)
    return len(rows)


def _keep(row: SealedSummary, summary: SessionSummary | None, file: MentalHealthFile, key: SecretKey) -> None:
    if summary is None:
        row.delete()  # nothing of the session is left
        return
    row.started_at, row.ended_at = summary.started_at, summary.ended_at
    row.schema_version, row.sealed = SUMMARY_SCHEMA, seal_summary(summary, file, key)
    row.save(update_fields=["started_at", "ended_at", "schema_version", "sealed"])
