"""Tell counselors that something waits: at once while there is budget, in a daily message otherwise.

Nothing is ever dropped, and no message says whom it is about or why. Who sends them: services.sending.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from lti_tool.alerts.models import CareDesk, Case, CounselorAddress, Notice, NoticeKind
from lti_tool.alerts.selectors import colleagues_in, desk_of, is_counselor_of
from lti_tool.domain.notices import week_began, within_budget
from lti_tool.lti.models import PlatformUser

ASKED_AGAIN: Final = timedelta(days=1)
"""Who asks twice in an hour is one question; who asks again a day later waits for an answer."""


def tell_counselors(*, case: Case, kind: NoticeKind, everybody: bool = False, at: datetime) -> None:
    """Have the counselors told who want to be, once of each kind: who has the case, or all of the course."""
    if kind is NoticeKind.ASKED:
        Notice.objects.filter(case=case, kind=kind, sent_at__lte=at - ASKED_AGAIN).delete()
    desk = desk_of(case.context.deployment_id)
    addressed = CounselorAddress.objects.filter(counselor__in=_concerned(case, everybody, at))
    for address in addressed.select_related("counselor"):
        at_once = kind is not NoticeKind.NEW or _at_once(address, desk, at)
        Notice.objects.get_or_create(
            counselor=address.counselor,
            case=case,
            kind=kind.value,
            defaults={"at_once": at_once, "made_at": at},
        )


def tell_again(*, case: Case, everybody: bool, at: datetime) -> None:
    """Nobody acknowledged it: tell them at once, whatever the budget says."""
    Notice.objects.filter(case=case, kind=NoticeKind.ESCALATION).delete()
    tell_counselors(case=case, kind=NoticeKind.ESCALATION, everybody=everybody, at=at)


def tell_desk(*, case: Case, at: datetime) -> None:
    """Have whoever answers for the deployment told, if the care desk names somebody."""
    if desk_of(case.context.deployment_id).escalation_address:
        Notice.objects.create(case=case, kind=NoticeKind.ESCALATION, at_once=True, made_at=at)


def _concerned(case: Case, everybody: bool, at: datetime) -> Sequence[PlatformUser]:
    """Who has it, while they are a counselor there; or everybody who could have it."""
    if case.owner and not everybody and is_counselor_of(case.owner, case, at):
        return [case.owner]
    return colleagues_in(case.context, at, but=[case.student_id])


def _at_once(address: CounselorAddress, desk: CareDesk, at: datetime) -> bool:
    began = week_began(at, desk.staffed_hours().zone)
    told = Notice.objects.filter(
        counselor=address.counselor_id, at_once=True, kind=NoticeKind.NEW, made_at__gte=began
    )
    return not address.only_digest and within_budget(told.count(), desk.weekly_budget)
