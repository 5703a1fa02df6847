"""What a person may see of their own: courses in which something is held, and receipts."""

from uuid import UUID

from django.db.models import Q

from lti_tool.consent.models import Consent
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy.errors import ReceiptMissing
from lti_tool.privacy.models import Receipt
from lti_tool.records.errors import FileMissing


def courses_of(student: PlatformUser) -> list[Context]:
    """Courses with an open file, a diary, a case or a standing yes of the person, by title."""
    held = Q(files__student=student, files__closed_at=None)
    held |= Q(diaries__student=student) | Q(cases__student=student)
    allowed = Q(consents__in=Consent.objects.filter(student=student).standing())
    return list(Context.objects.filter(held | allowed).distinct().order_by("title", "pk"))


def every_course_of(person: PlatformUser) -> list[Context]:
    """Courses in which anything at all is held of the person, by title."""
    held = Q()
    for kind in ("files", "consents", "capture_sessions", "cases", "receipts", "diaries"):
        held |= Q(**{f"{kind}__student": person})
    held |= Q(launches__user=person)
    found = Context.objects.filter(pk__in=Context.objects.filter(held).values("pk"))
    return list(found.select_related("deployment__registration").order_by("title", "pk"))


def course_of(student: PlatformUser, primary_key: int) -> Context:
    """One of them. Raises FileMissing."""
    for course in courses_of(student):
        if course.pk == primary_key:
            return course
    raise FileMissing


def receipt_of(student: PlatformUser, public_id: UUID) -> Receipt:
    """One of the student's own receipts. Raises ReceiptMissing."""
    receipt = Receipt.objects.filter(student=student, public_id=public_id).first()
    if receipt is None:
        raise ReceiptMissing
    return receipt
