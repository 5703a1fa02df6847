"""Count how cases ended, without a person: from it comes how often an alert was worth somebody's time."""

from datetime import datetime

from django.db.models import F

from lti_tool.alerts.models import Case, Outcome


def count_outcome(case: Case, at: datetime) -> None:
    """Add one to the month's count of this reason."""
    month = at.date().replace(day=1)
    row, _ = Outcome.objects.get_or_create(
        deployment=case.context.deployment, month=month, origin=case.origin, reason=case.closing_reason
    )
    Outcome.objects.filter(pk=row.pk).update(cases=F("cases") + 1)
