"""Tell counselors that something waits: at once while there is budget, in a daily message otherwise.

Nothing is ever dropped, and no message says whom it is about or why. Who sends them: tasks.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException
from typing import Final

from django.db import transaction
from django.db.models import Max

from lti_tool.alerts import mail
from lti_tool.alerts.models import CareDesk, Case, CounselorAddress, Notice, NoticeKind
from lti_tool.alerts.selectors import colleagues_in, desk_of
from lti_tool.domain.notices import digest_due, week_began, within_budget
from lti_tool.domain.staffing import StaffedHours
from lti_tool.lti.models import PlatformUser

log = logging.getLogger(__name__)

A_RUN: Final = 100
"""So many are sent in one run: a slow mail server must not hold a worker for long."""


def tell_counselors(*, case: Case, kind: NoticeKind, at: datetime) -> None:
    """Have every counselor of the course told who wants to be, once of each kind."""
    desk = desk_of(case.context.deployment_id)
    addressed = CounselorAddress.objects.filter(counselor__in=_concerned(case, at))
    for address in addressed.select_related("counselor"):
        at_once = kind is not NoticeKind.NEW or _at_once(address, desk, at)
        Notice.objects.get_or_create(
            counselor=address.counselor,
            case=case,
            kind=kind.value,
            defaults={"at_once": at_once, "made_at": at},
        )


def tell_again(*, case: Case, at: datetime) -> None:
    """Nobody acknowledged it: tell everybody at once, whatever the budget says."""
    Notice.objects.filter(case=case, kind=NoticeKind.ESCALATION).delete()
    tell_counselors(case=case, kind=NoticeKind.ESCALATION, at=at)


def send_notices(*, at: datetime) -> int:
    """Send what is to be told at once. Returns how many went out; the next minute tries the others."""
    waiting = Notice.objects.filter(sent_at=None, at_once=True).order_by("pk").values_list("pk", flat=True)
    return sum(_sent(pk, at) for pk in waiting[:A_RUN])


def _sent(notice_id: int, at: datetime) -> bool:
    """Marked and sent together: a message that the server refuses is not marked."""
    try:
        with transaction.atomic():
            if not Notice.objects.filter(pk=notice_id, sent_at=None).update(sent_at=at):
                return False
            notice = Notice.objects.select_related("counselor__address").get(pk=notice_id)
            mail.send(to=notice.counselor.address.email, kinds=[NoticeKind(notice.kind)])
    except (SMTPException, OSError) as error:
        log.warning("A notice could not be sent: %s", type(error).__name__)
        return False
    return True


def send_digests(*, at: datetime) -> int:
    """One message to each counselor for whom anything waits, while they are there. Returns how many."""
    waiting = Notice.objects.filter(sent_at=None, at_once=False, case__closed_at=None)
    counselors = waiting.values_list("counselor", flat=True).distinct()
    return sum(_digest(counselor, at) for counselor in counselors)


@transaction.atomic
def _digest(counselor: int, at: datetime) -> bool:
    """Held by the address, so that of two workers one sends it."""
    address = CounselorAddress.objects.select_for_update().filter(counselor=counselor).first()
    mine = Notice.objects.filter(counselor=counselor, at_once=False)
    waiting = mine.filter(sent_at=None, case__closed_at=None).select_related("case__context")
    last = mine.aggregate(last=Max("sent_at"))["last"]
    due = [
        notice for notice in waiting if digest_due(waiting=1, last_digest=last, hours=_hours(notice), at=at)
    ]
    if address is None or not due:
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(sent_at=at)
    mail.send(to=address.email, kinds=[NoticeKind(notice.kind) for notice in due])
    return True


def _concerned(case: Case, at: datetime) -> Sequence[PlatformUser]:
    """Who has it, or everybody who could."""
    return [case.owner] if case.owner else colleagues_in(case.context, at, but=[case.student_id])


def _at_once(address: CounselorAddress, desk: CareDesk, at: datetime) -> bool:
    began = week_began(at, desk.staffed_hours().zone)
    told = Notice.objects.filter(
        counselor=address.counselor_id, at_once=True, kind=NoticeKind.NEW, made_at__gte=began
    )
    return not address.only_digest and within_budget(told.count(), desk.weekly_budget)


def _hours(notice: Notice) -> StaffedHours:
    return desk_of(notice.case.context.deployment_id).staffed_hours()
