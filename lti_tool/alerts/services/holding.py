"""Hold a case while something is done in it."""

from datetime import datetime

from lti_tool.alerts.errors import CaseMissing
from lti_tool.alerts.models import Case, CaseQuerySet


def hold(case: Case) -> Case:
    """The case as it is now, held until the transaction ends. Raises CaseMissing when it was erased."""
    held = hold_each(Case.objects.filter(pk=case.pk))
    if not held:
        raise CaseMissing
    return held[0]


def hold_each(cases: CaseQuerySet) -> list[Case]:
    """Those that still are as they were asked for, in the order of their keys: nobody waits in a circle.

    Before anything is audited: the audit is what everybody holds last.
    """
    rows = cases.select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("student", "context__deployment", "data_key", "owner"))


def touch(case: Case, at: datetime) -> None:
    """Something is newer than before: pages that wait for it are told."""
    case.changed_at = at
    case.save(update_fields=["changed_at"])
