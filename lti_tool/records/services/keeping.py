"""Let go of records when the time that their deployment chose is over. Knows not who calls."""

import logging
from datetime import datetime

from django.db import transaction

from lti_tool.activation.selectors import over_since_by_deployment
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.core.errors import AttuneError
from lti_tool.domain.retention import Kind
from lti_tool.records.models import MentalHealthFile, StressRecord
from lti_tool.records.selectors import open_files
from lti_tool.records.services.baselines import forget_old_sessions

log = logging.getLogger(__name__)


def delete_old_records(*, at: datetime, dry_run: bool = False) -> int:
    """Delete every record that has lived its time, and what the usual kept of it. Returns the records."""
    count = _delete(at, dry_run=dry_run)
    if not dry_run:
        for file in open_files().exclude(baseline=None):
            _forget_in(file, at)
    return count


@transaction.atomic
def _delete(at: datetime, *, dry_run: bool) -> int:
    count = 0
    for moment, deployments in over_since_by_deployment(Kind.STRESS_RECORD, at):
        old = StressRecord.objects.filter(file__context__deployment__in=deployments, recorded_at__lte=moment)
        count += old.count() if dry_run else old.delete()[1].get(StressRecord._meta.label, 0)
    if count and not dry_run:
        audit.record(
            actor=audit.SYSTEM, action=Action.RECORDS_EXPIRED, subject="records", purpose=str(count), at=at
        )
    return count


def _forget_in(file: MentalHealthFile, at: datetime) -> None:
    """One file that does not open must not keep the others from being looked after."""
    try:
        forget_old_sessions(file=file, at=at)
    except AttuneError as error:
        log.warning("The usual of %s could not be opened: %s", file, error.code)
