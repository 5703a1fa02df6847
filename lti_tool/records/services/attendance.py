"""Notice who is no longer on the course list, so that a counselor knows. Takes nothing away from anybody."""

from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti import services as lti
from lti_tool.lti.models import Context, DeploymentState
from lti_tool.records.models import MentalHealthFile
from lti_tool.records.selectors import audit_subject, open_files


def courses_with_rosters() -> list[int]:
    """Every open course whose platform offers a course list, by primary key.

    Also those without a file: what a list tells a teacher must not tell that somebody began to take part.
    """
    offered = Context.objects.exclude(memberships_url="").filter(
        deployment__state=DeploymentState.APPROVED,
        deployment__registration__active=True,
        deployment__registration__believed=True,
    )
    return list(offered.values_list("pk", flat=True))


def compare_with_roster(*, context_id: int, at: datetime) -> int:
    """Note since when a file's owner is off the list, or that they are back. Returns how many notes changed.

    Raises what `read_roster` raises.
    """
    context = Context.objects.select_related("deployment__registration").get(pk=context_id)
    roster = lti.read_roster(context=context, at=at)
    if roster is None:
        return 0
    files = open_files().filter(context=context)
    return sum(_note(file, on_list=file.student.sub in roster.present, at=at) for file in files)


@transaction.atomic
def _note(file: MentalHealthFile, *, on_list: bool, at: datetime) -> int:
    if on_list == (file.off_list_since is None):
        return 0
    same = MentalHealthFile.objects.filter(pk=file.pk, closed_at=None)
    noted = same.update(off_list_since=None if on_list else at)
    if noted:
        audit.record(
            actor=audit.SYSTEM,
            action=Action.ATTENDANCE_NOTED,
            subject=audit_subject(file),
            purpose="on_list" if on_list else "off_list",
            at=at,
        )
    return noted
