"""Hold a case while something is done in it."""

from datetime import datetime

from lti_tool.alerts.errors import CaseMissing
from lti_tool.alerts.models import Case


def hold(case: Case) -> Case:
    """The case as it is now, held until the transaction ends. Raises CaseMissing when it was erased."""
    rows = Case.objects.select_for_update(of=("self",))
    held = (
        rows.select_related("student", "context__deployment", "data_key", "owner").filter(pk=case.pk).first()
    )
    if held is None:
        raise CaseMissing
    return held


def touch(case: Case, at: datetime) -> None:
    """Something is newer than before: pages that wait for it are told."""
    case.changed_at = at
    case.save(update_fields=["changed_at"])
