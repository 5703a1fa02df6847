"""Keep a check-in. What is said lies in the student's file; nothing follows from it by itself."""

from datetime import datetime

from django.db import transaction

from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.lti import services as lti
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import CheckIn


@transaction.atomic
def check_in(
    *, student: PlatformUser, context: Context, report: SelfReport, shared: Shared, at: datetime
) -> CheckIn:
    """Keep it. Whoever shows one to counselors by a tick lets them know whose it is."""
    held = PlatformUser.objects.select_for_update().get(pk=student.pk)
    kept = records.keep_check_in(student=held, context=context, report=report, shared=shared, at=at)
    if shared is Shared.BY_OWN_ACT and not held.name_shared:
        lti.share_name(user=held, context=context, at=at)
    return kept
