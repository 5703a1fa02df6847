"""What a person may see of their own: courses in which something is held, and receipts."""

from uuid import UUID

from django.db.models import Q

from lti_tool.consent.models import Consent
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy.errors import ReceiptMissing
from lti_tool.privacy.models import Receipt
from lti_tool.records.errors import FileMissing

_KINDS = ("files", "consents", "capture_sessions", "cases", "receipts", "diaries")
"""What ties a student to a course, as Context knows it."""


def courses_of(student: PlatformUser) -> list[Context]:
    """Courses with an open file, a diary, a case or a standing yes of the person, by title."""
    open_ = _tied(files__student=student, files__closed_at=None)
    held = open_ | _tied(diaries__student=student) | _tied(cases__student=student)
    allowed = _tied(consents__in=Consent.objects.filter(student=student).standing())
    return list(Context.objects.filter(held | allowed).order_by("title", "pk"))


def every_course_of(person: PlatformUser) -> list[Context]:
    """Courses in which anything at all is held of the person, by title."""
    held = _tied(launches__user=person)
    for kind in _KINDS:
        held |= _tied(**{f"{kind}__student": person})
    found = Context.objects.filter(held)
    return list(found.select_related("deployment__registration").order_by("title", "pk"))


def _tied(**by: object) -> Q:
    """One look for each tie: joined, those of all people of a course would be multiplied with each other."""
    return Q(pk__in=Context.objects.filter(**by).values("pk"))


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
