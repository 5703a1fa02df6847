"""Look at a file when a session of it is over: does anything persist? The rule decides, in domain.alerting."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Max, Q

from lti_tool.alerts.findings import levels_of
from lti_tool.alerts.models import Case, LastLook
from lti_tool.alerts.selectors import desk_of, open_case_of
from lti_tool.alerts.services.opening import raise_alert
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.consent import selectors as consent
from lti_tool.core.errors import AttuneError
from lti_tool.domain.alerting import DEFAULT, AlertPolicy, Decision, decide, pattern
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.consent import Purpose
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile
from lti_tool.records.selectors import audit_subject, open_files

log = logging.getLogger(__name__)

RECENT: Final = timedelta(days=2)
"""Sessions older than this were looked at, or nobody was there to look for days: then the next one is."""


def files_to_look_at(*, at: datetime) -> list[int]:
    """Files with a summarised session that no look has seen, by primary key."""
    ended = Max("summaries__ended_at", filter=Q(summaries__schema_version__gt=0))
    files = open_files().filter(summaries__ended_at__gt=at - RECENT).annotate(ended=ended)
    unseen = files.filter(Q(last_look=None) | Q(last_look__sessions_until__lt=F("ended")))
    asked = open_files().exclude(last_look__asked_at=None).values_list("pk", flat=True)
    return sorted({*unseen.exclude(ended=None).values_list("pk", flat=True), *asked})


def look_at_all(*, at: datetime) -> int:
    """Look at each of them. Returns how many alerts were raised; one that does not open keeps none waiting."""
    raised = 0
    for pk in files_to_look_at(at=at):
        try:
            raised += look_at(file_id=pk, at=at) is Decision.RAISE
        except AttuneError as error:
            log.warning("File %d could not be looked at: %s", pk, error.code)
    return raised


@transaction.atomic
def look_at(*, file_id: int, at: datetime) -> Decision:
    """Judge one file, and raise an alert if the rule says so. Twice finds the same.

    A file that its student does not share with counselors is not judged: there is nobody to tell.
    """
    file = open_files().filter(pk=file_id).first()
    if file is None or not _is_shared(file):
        return Decision.NOTHING
    history = records.read_for_rule(file=file, at=at)
    policy = policy_of(file)
    found = pattern(levels_of(history), policy, at)
    decision = decide(
        found,
        open_alert=open_case_of(file.student, file.context) is not None,
        last_closed=_last_closed(file),
        check_ins=records.check_ins_for_rule(file=file, at=at),
        policy=policy,
        at=at,
    )
    ...
    return decision


def policy_of(file: MentalHealthFile) -> AlertPolicy:
    return DEFAULT


def _is_shared(file: MentalHealthFile) -> bool:
    return consent.permits(student=file.student, context=file.context, purpose=Purpose.COUNSELOR)
