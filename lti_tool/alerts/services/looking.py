"""Look at a file when a session of it is over: does anything persist? domain.alerting decides."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, transaction
from django.db.models import F, Max, Q

from lti_tool.alerts.findings import levels_of, reports_of
from lti_tool.alerts.models import Case, LastLook
from lti_tool.alerts.selectors import desk_of
from lti_tool.alerts.services.holding import hold_each
from lti_tool.alerts.services.opening import raise_alert
from lti_tool.consent import selectors as consent
from lti_tool.core.errors import AttuneError
from lti_tool.domain.alerting import DEFAULT, NOTHING, Act, AlertPolicy, Closed, Decision, decide, pattern
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import DUE, MentalHealthFile
from lti_tool.records.selectors import open_files
from lti_tool.records.services.files import lock

log = logging.getLogger(__name__)

RECENT: Final = timedelta(days=2)
"""What ended before was looked at, unless nobody looked for days: then the next session brings it back."""


def files_to_look_at(*, at: datetime) -> list[int]:
    """Files with a session that no look has seen, or whose time to look again has come; by primary key."""
    made = Q(summaries__schema_version__gt=DUE)
    ended = open_files().annotate(ended=Max("summaries__ended_at", filter=made)).filter(ended__gt=at - RECENT)
    unseen = ended.filter(Q(last_look=None) | Q(last_look__sessions_until__lt=F("ended")))
    again = open_files().filter(last_look__again_at__lte=at)
    return sorted({*unseen.values_list("pk", flat=True), *again.values_list("pk", flat=True)})


def look_at_all(*, at: datetime) -> int:
    """Look at each. Returns how many alerts were raised; one that does not open keeps none waiting."""
    raised = 0
    for pk in files_to_look_at(at=at):
        try:
            raised += look_at(file_id=pk, at=at).act is Act.RAISE
        except (AttuneError, DatabaseError) as error:
            log.warning(
                "File %d could not be looked at: %s", pk, getattr(error, "code", type(error).__name__)
            )
    return raised


@transaction.atomic
def look_at(*, file_id: int, at: datetime) -> Decision:
    """Judge one file, and raise an alert if the rule says so. Looked at twice, it finds the same.

    What the student does not share with counselors is not judged: there is nobody to tell.
    """
    found = open_files().filter(pk=file_id).first()
    if found is None:
        return NOTHING
    # Person, case, file, and the audit last, as everywhere: nothing waits in a circle.
    PlatformUser.objects.select_for_update().get(pk=found.student_id)
    cases = hold_each(Case.objects.of(found.student, found.context).open())
    file = lock(found)
    if file.closed_at is not None or not _is_shared(file):
        return NOTHING
    return _judged(file, cases[0] if cases else None, at)


def asked_first_at(file: MentalHealthFile) -> datetime | None:
    """Since when the student is being asked how they are; None while nobody asks."""
    look = LastLook.objects.filter(file=file).first()
    return look.asked_at if look and look.is_asking else None


def policy_in(file: MentalHealthFile) -> AlertPolicy:
    """The rule as this deployment wants it."""
    return replace(DEFAULT, ask_first=desk_of(file.context.deployment_id).asks_student_first)


def _judged(file: MentalHealthFile, case: Case | None, at: datetime) -> Decision:
    history, policy = records.read_for_rule(file=file, at=at), policy_in(file)
    look = LastLook.objects.filter(file=file).first() or LastLook(file=file)
    persists = pattern(levels_of(history), policy, at)
    decision = decide(
        persists,
        open_alert=case is not None,
        last_closed=_last_closed(file),
        check_ins=reports_of(history.check_ins, said_low=policy.said_low),
        asked_at=look.asked_at,
        policy=policy,
        at=at,
    )
    joins_what_was_asked = decision.act is Act.JOIN and case is not None and not case.alerts.exists()
    if persists is not None and (decision.act is Act.RAISE or joins_what_was_asked):
        raise_alert(file=file, pattern=persists, at=at)
    _remember(look, decision, [session.ended_at for session in history.sessions], at)
    return decision


def _remember(look: LastLook, decision: Decision, ends: list[datetime], at: datetime) -> None:
    look.looked_at, look.again_at = at, decision.until
    look.sessions_until = max(ends, default=at)
    look.is_asking = decision.act is Act.ASK_FIRST or (look.is_asking and decision.act is Act.HOLD)
    if decision.act is Act.ASK_FIRST:
        look.asked_at = at
    look.save()


def _last_closed(file: MentalHealthFile) -> Closed | None:
    case = Case.objects.of(file.student, file.context).closed().first()
    if case is None or case.closed_at is None:
        return None
    return Closed(case.closed_at, false_alert=case.closing_reason == ClosingReason.FALSE_ALERT)


def _is_shared(file: MentalHealthFile) -> bool:
    return consent.permits(student=file.student, context=file.context, purpose=Purpose.COUNSELOR)
