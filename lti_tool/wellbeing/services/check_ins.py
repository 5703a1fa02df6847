"""Keep a check-in, and have the rule of early warning look again: what a student says outranks it."""

from datetime import datetime
from functools import partial

from django.db import transaction

from lti_tool.alerts.tasks import look_at_file
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
    transaction.on_commit(partial(look_at_file.delay, kept.file_id), robust=True)
    return kept
