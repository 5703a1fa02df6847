"""Destroy what is written of a student in a course, or let go of it when its time is over."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lti_tool.alerts.models import Case, LastLook
from lti_tool.alerts.services.holding import hold
from lti_tool.alerts.services.working import close
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.retention import Kind, over_since
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault import services as vault


@transaction.atomic
def erase_cases(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """Every case of a student in a course, with its notes, words and key. Returns how many there were."""
    LastLook.objects.filter(file__student=student, file__context=context).delete()
    return _destroy(Case.objects.of(student, context), by=str(student.pseudonym), at=at)


@transaction.atomic
def stop_showing(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """The student does not share with counselors any more: what came from measurements goes.

    A case that the student asked for stays, without its alerts. Returns how many cases went.
    """
    cases = Case.objects.of(student, context)
    asked = [case for case in cases.open() if case.words.filter(kind="contact").exists()]
    for case in asked:
        case.alerts.all().delete()
    gone = cases.exclude(pk__in=[case.pk for case in asked])
    return _destroy(gone, by=str(student.pseudonym), at=at)


@transaction.atomic
def delete_old_cases(*, at: datetime) -> int:
    """Closed ones whose time is over. Returns how many."""
    over = over_since(Kind.CASE, at=at)
    return _destroy(Case.objects.closed_until(over), by=audit.SYSTEM, at=at)


def _destroy(cases: Iterable[Case], *, by: str, at: datetime) -> int:
    keys = []
    for case in list(cases):
        held = hold(case)
        if held.is_open:
            close(case=held, by=None, reason=ClosingReason.WITHDRAWN, at=at)
        vault.destroy_data_key(held.data_key, at=at)
        keys.append(held.data_key_id)
        held.delete()
        subject = f"case:{held.public_id}"
        audit.record(actor=by, action=Action.CASE_DESTROYED, subject=subject, at=at)
    vault.forget_destroyed_keys(keys)
    return len(keys)
