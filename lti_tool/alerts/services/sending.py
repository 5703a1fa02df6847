"""Send what counselors are to be told. A mail server that is down loses nothing: the next run tries again."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused
from typing import Final

from django.db import transaction
from django.db.models import Max

from lti_tool.alerts import mail
from lti_tool.alerts.models import CounselorAddress, Notice, NoticeKind
from lti_tool.alerts.selectors import desk_of
from lti_tool.domain.notices import digest_due
from lti_tool.domain.staffing import StaffedHours

log = logging.getLogger(__name__)

A_RUN: Final = 100
"""So many are sent in one run: a slow mail server must not hold a worker for long."""
REFUSED: Final = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError)
"""The server is there, and does not want this one message."""


def send_notices(*, at: datetime) -> int:
    """Send what is to be told at once. Returns how many went out; the next minute tries the others."""
    waiting = Notice.objects.waiting().filter(at_once=True).order_by("pk")
    return _each(list(waiting.values_list("pk", flat=True)), _sent, at)


def send_digests(*, at: datetime) -> int:
    """One message to each counselor for whom anything waits, while they are there. Returns how many."""
    waiting = Notice.objects.waiting().filter(at_once=False).order_by("counselor_id")
    return _each(list(waiting.values_list("counselor", flat=True).distinct()), _digest, at)


def _each(keys: Iterable[int], send: Callable[[int, datetime], bool], at: datetime) -> int:
    """One that is refused keeps no other waiting; a server that is not there ends the run."""
    sent = 0
    for key in keys:
        try:
            sent += send(key, at)
        except REFUSED as error:
            log.warning("A message was refused: %s", type(error).__name__)
        except OSError as error:  # SMTPException is one, too
            log.warning("The mail server cannot be used: %s", type(error).__name__)
            break
        if sent == A_RUN:
            break
    return sent


@transaction.atomic
def _sent(notice_id: int, at: datetime) -> bool:
    """Marked and sent together: what could not be sent is not marked, and of two workers one sends it."""
    if not Notice.objects.filter(pk=notice_id, sent_at=None).update(sent_at=at):
        return False
    notice = Notice.objects.select_related("case__context").get(pk=notice_id)
    if notice.counselor_id is None:
        mail.send_to_desk(to=desk_of(notice.case.context.deployment_id).escalation_address)
        return True
    address = CounselorAddress.objects.filter(counselor=notice.counselor_id).first()
    if address is not None:
        mail.send(to=address.email, kinds=[NoticeKind(notice.kind)], language=address.language)
    return address is not None


@transaction.atomic
def _digest(counselor: int, at: datetime) -> bool:
    """Held by the address, so that of two workers one sends it."""
    address = CounselorAddress.objects.select_for_update().filter(counselor=counselor).first()
    mine = Notice.objects.filter(counselor=counselor, at_once=False)
    last = mine.aggregate(last=Max("sent_at"))["last"]
    due = [
        notice
        for notice in mine.waiting().select_related("case__context")
        if digest_due(waiting=1, last_digest=last, hours=_hours(notice), at=at)
    ]
    if address is None or not due:
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(sent_at=at)
    kinds = [NoticeKind(notice.kind) for notice in due]
    mail.send(to=address.email, kinds=kinds, language=address.language)
    return True


def _hours(notice: Notice) -> StaffedHours:
    return desk_of(notice.case.context.deployment_id).staffed_hours()
