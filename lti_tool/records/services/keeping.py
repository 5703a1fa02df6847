"""Let go of records when their time is over. Knows the lifetime from domain.retention, not who calls."""

from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.records.models import StressRecord


@transaction.atomic
def delete_old_records(*, at: datetime, dry_run: bool = False) -> int:
    """Delete every record that has lived its time. Returns how many there are."""
    old = StressRecord.objects.filter(recorded_at__lte=at - LIFETIMES[Kind.STRESS_RECORD])
    count = old.count()
    if count and not dry_run:
        old.delete()
        audit.record(
            actor=audit.SYSTEM, action=Action.RECORDS_EXPIRED, subject="records", purpose=str(count), at=at
        )
    return count
