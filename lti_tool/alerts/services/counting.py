"""Count how cases ended, without a person: from it comes how often an alert was worth somebody's time."""

from django.db.models import F

from lti_tool.alerts.models import Case, Outcome


def count_outcome(case: Case, *, by: int = 1) -> None:
    """Count a closed case in the month of its closing; a reopened one is taken out again."""
    if case.closed_at is None:
        return
    row, _ = Outcome.objects.get_or_create(
        deployment=case.context.deployment,
        month=case.closed_at.date().replace(day=1),
        origin=case.origin,
        reason=case.closing_reason,
    )
    Outcome.objects.filter(pk=row.pk).update(cases=F("cases") + by)
