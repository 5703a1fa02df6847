"""Destroy what is written of a student in a course, or let go of it when its time is over."""

from datetime import datetime

from django.db import transaction

from lti_tool.alerts.models import Alert, Case, CaseQuerySet, LastLook, Notice, NoticeKind, Origin, WordKind
from lti_tool.alerts.services.holding import hold_each
from lti_tool.alerts.services.working import close
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.retention import Kind, over_since
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault import services as vault


def hold_cases(*, student: PlatformUser, context: Context) -> None:
    """Hold every case of a student in a course until the caller's transaction ends."""
    hold_each(Case.objects.of(student, context))


@transaction.atomic
def erase_cases(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """Every case of a student in a course, with its notes, words and key. Returns how many there were."""
    LastLook.objects.filter(file__student=student, file__context=context).delete()
    return _destroy(Case.objects.of(student, context), by=str(student.pseudonym), at=at)


@transaction.atomic
def stop_showing(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """The student does not share with counselors any more: what came from measurements goes.

    An open case in which the student asked for contact stays, as one that began with that: its alerts go, and
    what was to be told of them. Returns how many cases went.
    """
    LastLook.objects.filter(file__student=student, file__context=context).delete()
    held = hold_each(Case.objects.of(student, context))
    asked = [case for case in held if case.is_open and case.words.filter(kind=WordKind.CONTACT).exists()]
    Alert.objects.filter(case__in=asked).delete()
    Notice.objects.filter(case__in=asked, kind=NoticeKind.NEW).delete()
    for case in asked:
        case.origin, case.changed_at = Origin.ASKED, at
        case.save(update_fields=["origin", "changed_at"])
    gone = Case.objects.of(student, context).exclude(pk__in=[case.pk for case in asked])
    return _destroy(gone, by=str(student.pseudonym), at=at)


@transaction.atomic
def delete_old_cases(*, at: datetime) -> int:
    """Closed ones whose time is over. Returns how many."""
    over = over_since(Kind.CASE, at=at)
    return _destroy(Case.objects.closed_until(over), by=audit.SYSTEM, at=at)


def _destroy(cases: CaseQuerySet, *, by: str, at: datetime) -> int:
    keys = []
    for held in hold_each(cases):
        if held.is_open:
            close(case=held, by=None, reason=ClosingReason.WITHDRAWN, at=at)
        vault.destroy_data_key(held.data_key, at=at)
        keys.append(held.data_key_id)
        held.delete()
        subject = f"case:{held.public_id}"
        audit.record(actor=by, action=Action.CASE_DESTROYED, subject=subject, at=at)
    vault.forget_destroyed_keys(keys)
    return len(keys)
