"""Begin a case: because a rule fired, or a student asked. One is open at a time, whatever begins it."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from lti_tool.alerts import sealed
from lti_tool.alerts.models import Alert, Case, NoticeKind, Origin, Word, WordKind
from lti_tool.alerts.selectors import desk_of
from lti_tool.alerts.services.holding import hold_each, touch
from lti_tool.alerts.services.telling import tell_counselors
from lti_tool.alerts.services.writing import checked
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.alerting import Pattern
from lti_tool.domain.cases import CaseState, due_at
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from lti_tool.vault import services as vault


@transaction.atomic
def raise_alert(*, file: MentalHealthFile, pattern: Pattern, at: datetime) -> Case:
    """Put what persists before counselors, in the open case or in a new one. The caller decided it."""
    case = _open_or_begin(file.student, file.context, Origin.PATTERN, at)
    row = Alert(case=case, raised_at=at)
    sealed.seal_into(row, _finding(pattern), case=case, key=vault.open_data_key(case.data_key))
    row.save(force_insert=True)
    touch(case, at)
    audit.record(actor=audit.SYSTEM, action=Action.ALERT_RAISED, subject=subject_of(case), at=at)
    tell_counselors(case=case, kind=NoticeKind.NEW, at=at)
    return case


@transaction.atomic
def ask_for_contact(*, student: PlatformUser, context: Context, name: str, text: str, at: datetime) -> Case:
    """A student asks counselors to contact them. Works without any yes: it is an act of their own.

    `name` (as the platform told it) and `text` are sealed in the case; nothing else is shared by it. Raises
    TooLong.
    """
    case = _open_or_begin(student, context, Origin.ASKED, at)
    row = Word(case=case, kind=WordKind.CONTACT, written_at=at)
    body = {"text": checked(text, may_be_empty=True), "name": name}
    sealed.seal_into(row, body, case=case, key=vault.open_data_key(case.data_key))
    row.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(changed_at=at, asked_at=at)
    actor = str(student.pseudonym)
    audit.record(actor=actor, action=Action.CONTACT_ASKED, subject=subject_of(case), at=at)
    tell_counselors(case=case, kind=NoticeKind.ASKED, at=at)
    return case


def subject_of(case: Case) -> str:
    """How the audit names a case."""
    return f"case:{case.public_id}"


def _open_or_begin(student: PlatformUser, context: Context, origin: Origin, at: datetime) -> Case:
    PlatformUser.objects.select_for_update().get(pk=student.pk)  # two sessions' ends must not begin two cases
    held = hold_each(Case.objects.of(student, context).open())
    if held:
        return held[0]
    case = Case(student=student, context=context, origin=origin, state=CaseState.NEW)
    case.opened_at = case.changed_at = at
    case.due_at = due_at(CaseState.NEW, at, desk_of(context.deployment_id).staffed_hours())
    case.data_key = vault.create_data_key(at=at)
    case.save(force_insert=True)
    actor = str(student.pseudonym) if origin is Origin.ASKED else audit.SYSTEM
    audit.record(
        actor=actor, action=Action.CASE_OPENED, subject=subject_of(case), purpose=origin.value, at=at
    )
    return case


def _finding(pattern: Pattern) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(asdict(pattern), default=datetime.isoformat))
    return body
