"""Withdraw: stop, take back, destroy, and give a receipt. One transaction, and the spool with it."""

from datetime import datetime

from django.db import transaction

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
from lti_tool.records.selectors import has_open_file, open_file_of


@transaction.atomic
def withdraw(*, student: PlatformUser, context: Context, at: datetime) -> Receipt:
    """Erase what was measured of a student in a course. Asked twice, it finds nothing the second time.

    Rows are locked in the order person, sessions, snippets, file, audit, as everywhere: nothing waits in a
    circle.
    """
    PlatformUser.objects.select_for_update().get(pk=student.pk)
    snippets = capture.erase_sessions(student=student, context=context, at=at)
    file = open_file_of(student, context)
    destroyed = records.destroy_file(file=file, at=at) if file else 0
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
def withdraw_purpose(*, student: PlatformUser, context: Context, purpose: Purpose, at: datetime) -> Receipt:
    """Take back one purpose, at once. Without the camera nothing holds: taking that back takes back all.

    Records rest on the yes to the camera alone, so they go with it and with no other.
    """
    if purpose is Purpose.CAMERA:
        return withdraw(student=student, context=context, at=at)
    consent.withdraw_purpose(student=student, context=context, purpose=purpose, at=at)
    return _give_receipt(student, context, Details(purpose.value), at=at)


def _give_receipt(student: PlatformUser, context: Context, details: Details, *, at: datetime) -> Receipt:
    receipt = Receipt(student=student, context=context, given_at=at)
    receipt.sealed = seal_details(details, receipt)
    receipt.save(force_insert=True)
    return receipt
