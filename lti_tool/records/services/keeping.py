"""Let go of records when the time that their deployment chose is over. Knows not who calls."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lti_tool.activation.selectors import over_since_by_deployment
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.core.errors import AttuneError
from lti_tool.domain.retention import Kind
from lti_tool.records.models import (
    DUE,
    CheckIn,
    MentalHealthFile,
    SealedSummary,
    SessionRemark,
    StressRecord,
)
from lti_tool.records.selectors import open_files
from lti_tool.records.services.baselines import forget_old_sessions
from lti_tool.vault import services as vault

log = logging.getLogger(__name__)


def old_records(*, at: datetime) -> QuerySet[StressRecord]:
    """Every record that has lived its time."""
    over = Q(pk__in=[])
    for moment, deployments in over_since_by_deployment(Kind.STRESS_RECORD, at):
        over |= Q(file__context__deployment__in=deployments, recorded_at__lte=moment)
    return StressRecord.objects.filter(over)


def delete_old_records(*, at: datetime) -> int:
    """Delete every record that has lived its time, with what was learned or said of it. Returns how many."""
    count = _delete(at)
    for file in open_files().exclude(baseline=None):
        _forget_in(file, at)
    return count


@transaction.atomic
def forget_closed_files(files: QuerySet[MentalHealthFile], *, at: datetime) -> int:
    """Delete the rows of files closed long ago, and what is left of their keys. Returns how many."""
    closed = dict(files.exclude(closed_at=None).values_list("pk", "data_key_id"))
    MentalHealthFile.objects.filter(pk__in=closed).delete()
    vault.forget_destroyed_keys(closed.values())
    if closed:
        audit.record(
            actor=audit.SYSTEM,
            action=Action.TIME_OVER,
            subject="closed-file",
            purpose=str(len(closed)),
            at=at,
        )
    return len(closed)


@transaction.atomic
def _delete(at: datetime) -> int:
    _let_summaries_go(at)
    count = old_records(at=at).delete()[1].get(StressRecord._meta.label, 0)
    _let_remarks_go()
    _note("records", count, at)
    _note("check-ins", _let_check_ins_go(at), at)
    return count


def _note(subject: str, count: int, at: datetime) -> None:
    if count:
        audit.record(
            actor=audit.SYSTEM, action=Action.RECORDS_EXPIRED, subject=subject, purpose=str(count), at=at
        )


def _let_summaries_go(at: datetime) -> None:
    """Before their records, so that none is made meanwhile. What is over in part is summarised anew."""
    for moment, deployments in over_since_by_deployment(Kind.STRESS_RECORD, at):
        begun = SealedSummary.objects.filter(
            file__context__deployment__in=deployments, started_at__lte=moment
        )
        begun.filter(ended_at__lte=moment).delete()
        begun.update(schema_version=DUE, sealed=b"")


def _let_remarks_go() -> None:
    """What somebody said of a session goes with the session's last record."""
    session = StressRecord.objects.filter(file=OuterRef("file"), session_id=OuterRef("session_id"))
    SessionRemark.objects.exclude(Exists(session)).delete()


def _let_check_ins_go(at: datetime) -> int:
    """A check-in lives as long as a measurement of the same moment."""
    gone = 0
    for moment, deployments in over_since_by_deployment(Kind.STRESS_RECORD, at):
        over = CheckIn.objects.filter(file__context__deployment__in=deployments, at__lte=moment)
        gone += over.delete()[0]
    return gone


def _forget_in(file: MentalHealthFile, at: datetime) -> None:
    """One file that does not open must not keep the others from being looked after."""
    try:
        forget_old_sessions(file=file, at=at)
    except AttuneError as error:
        log.warning("The usual of %s could not be opened: %s", file, error.code)
