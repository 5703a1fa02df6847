"""Withdraw: stop, take back, destroy, and give a receipt. One transaction, and the spool with it."""

from datetime import datetime

from django.db import transaction

from lti_tool.alerts import services as alerts
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.capture import services as capture
from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti import services as lti
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.sealed_receipts import Details, seal_details
from lti_tool.records import services as records
from lti_tool.records.selectors import has_open_file, is_known_to_counselors, open_file_of
from lti_tool.records.services.files import lock
from lti_tool.wellbeing import services as wellbeing


@transaction.atomic
def withdraw(*, student: PlatformUser, context: Context, at: datetime) -> Receipt:
    """Erase what was measured of a student in a course. Asked twice, it finds nothing the second time.

    Rows are locked in the order person, sessions, snippets, cases, file, diary, audit, as everywhere: nothing
    waits in a circle.
    """
    PlatformUser.objects.select_for_update().get(pk=student.pk)
    snippets = capture.erase_sessions(student=student, context=context, at=at)
    _hold_cases_and_file(student, context)
    alerts.erase_cases(student=student, context=context, at=at)
    file = open_file_of(student, context)
    destroyed = records.destroy_file(file=file, at=at) if file else 0
    wellbeing.destroy_diary(student=student, context=context, at=at)
    consent.withdraw_consent(student=student, context=context, at=at)
    if not has_open_file(student):
        lti.forget_name(user=student, at=at)
    receipt = _give_receipt(student, context, Details("", destroyed, snippets), at=at)
    audit.record(
        actor=str(student.pseudonym),
        action=Action.ERASURE_FINISHED,
        subject=f"receipt:{receipt.public_id}",
        at=at,
    )
    return receipt


@transaction.atomic
def hide_check_ins(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """Let no counselor see the check-ins that were shown by a tick of their own. Returns how many.

    The name goes, too, unless a record is still shared or another course's check-ins are shown.
    """
    held = PlatformUser.objects.select_for_update().get(pk=student.pk)
    file = open_file_of(held, context)
    hidden = records.hide_check_ins(file=file, at=at) if file else 0
    if hidden and held.name_shared and not is_known_to_counselors(held):
        lti.forget_name(user=held, at=at)
    return hidden


@transaction.atomic
def withdraw_purpose(*, student: PlatformUser, context: Context, purpose: Purpose, at: datetime) -> Receipt:
    """Take back one purpose, at once. Without the camera nothing holds: taking that back takes back all.

    Records rest on the yes to the camera alone, so they go with it and with no other.
    """
    if purpose is Purpose.CAMERA:
        return withdraw(student=student, context=context, at=at)
    PlatformUser.objects.select_for_update().get(pk=student.pk)
    _hold_cases_and_file(student, context)
    consent.withdraw_purpose(student=student, context=context, purpose=purpose, at=at)
    if purpose is Purpose.COUNSELOR:
        alerts.stop_showing(student=student, context=context, at=at)
        hide_check_ins(student=student, context=context, at=at)
    return _give_receipt(student, context, Details(purpose.value), at=at)


def _hold_cases_and_file(student: PlatformUser, context: Context) -> None:
    """Before the first line of the audit: who works on a case, or measures, holds theirs and waits for it."""
    alerts.hold_cases(student=student, context=context)
    file = open_file_of(student, context)
    if file is not None:
        lock(file)


def _give_receipt(student: PlatformUser, context: Context, details: Details, *, at: datetime) -> Receipt:
    receipt = Receipt(student=student, context=context, given_at=at)
    receipt.sealed = seal_details(details, receipt)
    receipt.save(force_insert=True)
    return receipt
