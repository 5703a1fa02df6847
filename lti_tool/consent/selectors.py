"""What a student's word allows at this moment. Only the newest answer to the text in force counts."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from lti_tool.consent.models import Consent
from lti_tool.consent.texts import current_text
from lti_tool.domain.activation import Lack, missing_for_class_view, missing_for_sensing
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Activation, Context, PlatformUser


def current_consent(*, student: PlatformUser, context: Context) -> Consent | None:
    """The answer that holds (yes or not now), or None: never asked, taken back, or the text has changed."""
    newest = Consent.objects.of(student, context).newest_first().first()
    if newest is None or newest.withdrawn_at is not None or not newest.answers(current_text()):
        return None
    return newest


class Standing(StrEnum):
    """Where a student stands with the consent page."""

    NEVER_ASKED = "never_asked"
    YES = "yes"
    NOT_NOW = "not_now"
    PAUSED = "paused"
    TEXT_CHANGED = "text_changed"


def standing_of(*, student: PlatformUser, context: Context) -> Standing:
    """What the page must say about earlier answers."""
    answers = Consent.objects.of(student, context)
    newest = answers.newest_first().first()
    if newest is None:
        return Standing.NEVER_ASKED
    if not newest.answers(current_text()):
        return Standing.TEXT_CHANGED
    if newest.is_yes:
        return Standing.YES
    return Standing.PAUSED if answers.standing().exists() else Standing.NOT_NOW


def permits(*, student: PlatformUser, context: Context, purpose: Purpose) -> bool:
    """Whether the student allows a purpose in this course."""
    consent = current_consent(student=student, context=context)
    return consent is not None and consent.permits(purpose)


def permits_anywhere(*, student: PlatformUser, purpose: Purpose) -> bool:
    """Whether the student allows a purpose in any course."""
    courses = Context.objects.filter(consents__student=student).distinct()
    return any(permits(student=student, context=course, purpose=purpose) for course in courses)


def students_sharing_with_counselor(context: Context) -> list[PlatformUser]:
    """Students of a course who let its counselors read their file, in the order of their names."""
    return _students_allowing(Purpose.COUNSELOR, context)


def students_counted_in_class(context: Context) -> list[PlatformUser]:
    """Students of a course who let themselves be counted in its weekly pattern."""
    return _students_allowing(Purpose.CLASS, context)


def _students_allowing(purpose: Purpose, context: Context) -> list[PlatformUser]:
    text = current_text()
    allowing = (c.student for c in _newest_answers(context) if c.answers(text) and c.permits(purpose))
    return sorted(allowing, key=lambda student: (student.display_name.casefold(), student.pk))


def _newest_answers(context: Context) -> Iterator[Consent]:
    """Each student's newest answer. In Python: SQLite cannot pick one row per student by itself."""
    seen: set[int] = set()
    for consent in Consent.objects.filter(context=context).newest_first().select_related("student"):
        if consent.student_id not in seen:
            seen.add(consent.student_id)
            yield consent


def missing_before_sensing(context: Context, at: datetime) -> tuple[str, ...]:
    """What the deployment still lacks before it may measure anything; empty means nothing."""
    return _closed_door(context) + missing_for_sensing(activation_of(context), at)


def missing_before_class_view(context: Context, at: datetime) -> tuple[str, ...]:
    """What is missing before the pattern of the class may be made or shown; empty means nothing."""
    return _closed_door(context) + missing_for_class_view(activation_of(context), at)


def _closed_door(context: Context) -> tuple[str, ...]:
    return () if context.deployment.is_open else (Lack.DOOR_CLOSED,)


def activation_of(context: Context) -> Activation | None:
    """What is on record for the course's deployment."""
    return Activation.objects.filter(deployment_id=context.deployment_id).first()
