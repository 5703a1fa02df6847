"""Tell counselors that something waits: at once while there is budget, in a daily message otherwise.

Nothing is ever dropped, and no message says whom it is about or why. Who sends them: tasks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from lti_tool.alerts import mail
from lti_tool.alerts.models import CareDesk, Case, CounselorAddress, Notice, NoticeKind
from lti_tool.alerts.selectors import colleagues_in, desk_of
from lti_tool.domain.alerting import within_budget
from lti_tool.lti.models import PlatformUser

WEEK = timedelta(weeks=1)
DAY = timedelta(hours=20)
"""Between two digests: less than a day, so that one who comes at nine is not told at ten tomorrow."""


def tell_counselors(*, case: Case, kind: NoticeKind, at: datetime) -> None:
    """Have every counselor of the course told once who wants to be; after the commit."""
    desk = desk_of(case.context.deployment_id)
    addressed = CounselorAddress.objects.filter(counselor__in=_concerned(case, at))
    for address in addressed.select_related("counselor"):
        at_once = kind is not NoticeKind.NEW or _at_once(address, desk, at)
        notice, is_new = Notice.objects.get_or_create(
            counselor=address.counselor,
            case=case,
            kind=kind.value,
            defaults={"at_once": at_once, "made_at": at},
        )
        if is_new and at_once:
            transaction.on_commit(partial(_send_later, notice.pk))


def send_notice(*, notice_id: int, at: datetime) -> bool:
    """Send one that is due at once, if nobody did. Raises what the mail server says; then it is sent again."""
    waiting = Notice.objects.filter(pk=notice_id, sent_at=None)
    with transaction.atomic():
        if not waiting.update(sent_at=at):
            return False
        notice = Notice.objects.select_related("counselor__address").get(pk=notice_id)
        mail.send(to=notice.counselor.address.email, kinds=[NoticeKind(notice.kind)])
    return True


def send_digests(*, at: datetime) -> int:
    """One message to each counselor for whom anything waits, while they are there. Returns how many."""
    waiting = Notice.objects.filter(sent_at=None, at_once=False, case__closed_at=None)
    counselors = waiting.values_list("counselor", flat=True).distinct()
    return sum(_digest(counselor, at) for counselor in counselors)


@transaction.atomic
def _digest(counselor: int, at: datetime) -> bool:
    address = CounselorAddress.objects.select_for_update().filter(counselor=counselor).first()
    mine = Notice.objects.filter(counselor=counselor, at_once=False)
    if address is None or mine.filter(sent_at__gt=at - DAY).exists():
        return False
    waiting = mine.filter(sent_at=None, case__closed_at=None).select_related("case__context")
    due = [notice for notice in waiting if _is_there(notice.case, at)]
    if not due:
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(sent_at=at)
    mail.send(to=address.email, kinds=[NoticeKind(notice.kind) for notice in due])
    return True


def _concerned(case: Case, at: datetime) -> Sequence[PlatformUser]:
    """Who has it, or everybody who could."""
    return [case.owner] if case.owner else colleagues_in(case.context, at, but=[case.student_id])


def _at_once(address: CounselorAddress, desk: CareDesk, at: datetime) -> bool:
    sent = Notice.objects.filter(
        counselor=address.counselor_id, at_once=True, kind=NoticeKind.NEW, made_at__gt=at - WEEK
    )
    return not address.only_digest and within_budget(sent.count(), budget=desk.weekly_budget)


def _is_there(case: Case, at: datetime) -> bool:
    return desk_of(case.context.deployment_id).staffed_hours().is_staffed(at)


def _send_later(notice_id: int) -> None:
    from lti_tool.alerts import tasks  # tasks stand above services

    tasks.send_notice.delay(notice_id)


