"""What a student's word allows at this moment. Only the newest answer to the text in force counts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lti_tool.activation import selectors as activations
from lti_tool.activation.models import Activation
from lti_tool.consent.errors import AnswerMissing
from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.texts import current_text, tells_of_emergencies
from lti_tool.domain.activation import Lack, missing_for_class_view, missing_for_sensing
from lti_tool.domain.consent import ConsentText, Problem, Purpose, asks_again, offered, problems
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.lti.models import Context, PlatformUser


@dataclass(frozen=True, slots=True)
class Terms:
    """What answers in a course are held against: the text in force, the least age, what may be asked for."""

    text: ConsentText
    least_age: int
    sharing: Sharing
    class_view: bool

    @property
    def offered(self) -> tuple[Purpose, ...]:
        """What the consent page asks for."""
        return offered(self.sharing, class_view=self.class_view)

    def problems(self, purposes: Collection[Purpose], *, adult_confirmed: bool) -> tuple[Problem, ...]:
        """What keeps these choices from being a valid yes here."""
        return problems(
            purposes, adult_confirmed=adult_confirmed, sharing=self.sharing, class_view=self.class_view
        )

    def permits(self, consent: Consent, purpose: Purpose) -> bool:
        """Whether an answer that holds allows a purpose. What may not be asked for here is not allowed."""
        possible = purpose is not Purpose.CLASS or self.class_view
        return possible and consent.permits(purpose, self.sharing)

    def holds(self, consent: Consent) -> bool:
        """Whether an answer was given to these terms."""
        return consent.answers(self.text, least_age=self.least_age)


def terms_in(context: Context) -> Terms:
    """The terms of a course's deployment, by what was last signed off for it."""
    last = activations.last_activation(context.deployment_id)
    return Terms(
        current_text(),
        activations.least_age_under(last),
        activations.sharing_under(last),
        activations.class_view_under(last),
    )


def current_consent(*, student: PlatformUser, context: Context) -> Consent | None:
    """The answer that holds (yes or not now), or None: never asked, taken back, or the terms have changed."""
    return _current(student, context, terms_in(context))


def _current(student: PlatformUser, context: Context, terms: Terms) -> Consent | None:
    newest = Consent.objects.of(student, context).newest_first().first()
    if newest is None or newest.withdrawn_at is not None or not terms.holds(newest):
        return None
    return newest


def answer_of(*, student: PlatformUser, context: Context, primary_key: int) -> Consent:
    """One of the student's own answers in this course. Raises AnswerMissing."""
    own = Consent.objects.of(student, context).select_related("student", "context__deployment__registration")
    answer = own.filter(pk=primary_key).first()
    if answer is None:
        raise AnswerMissing
    return answer


def must_ask(*, student: PlatformUser, context: Context, at: datetime) -> bool:
    """Whether the question comes first when the student comes in."""
    newest = Consent.objects.of(student, context).newest_first().first()
    return newest is None or asks_again(
        said_yes=newest.answer == Answer.YES,
        holds=terms_in(context).holds(newest),
        answered_at=newest.answered_at,
        at=at,
    )


class Standing(StrEnum):
    """Where a student stands with the consent page."""

    NEVER_ASKED = "never_asked"
    YES = "yes"
    NOT_NOW = "not_now"
    PAUSED = "paused"
    CARRIED_OVER = "carried_over"
    TEXT_CHANGED = "text_changed"


def standing_of(*, student: PlatformUser, context: Context) -> Standing:
    """What the page must say about earlier answers."""
    answers = Consent.objects.of(student, context)
    newest = answers.newest_first().first()
    if newest is None:
        return Standing.NEVER_ASKED
    if newest.is_yes:
        return Standing.YES if terms_in(context).holds(newest) else Standing.TEXT_CHANGED
    if newest.answer == Answer.YES:  # a withdrawal here is followed by a "not now": this one came with a move
        return Standing.CARRIED_OVER
    return Standing.PAUSED if answers.standing().exists() else Standing.NOT_NOW


def permits(*, student: PlatformUser, context: Context, purpose: Purpose) -> bool:
    """Whether the student allows a purpose in this course."""
    terms = terms_in(context)
    consent = _current(student, context, terms)
    return consent is not None and terms.permits(consent, purpose)


def was_told_of_emergencies(*, student: PlatformUser, context: Context) -> bool:
    """Whether the text that the student answered last said that a counselor may be let in, in danger."""
    newest = Consent.objects.of(student, context).newest_first().first()
    return newest is not None and tells_of_emergencies(newest.text_version)


def permits_anywhere(*, student: PlatformUser, purpose: Purpose) -> bool:
    """Whether the student allows a purpose in any course."""
    courses = Context.objects.filter(consents__student=student).distinct()
    return any(permits(student=student, context=course, purpose=purpose) for course in courses)


def students_sharing_with_counselor(context: Context) -> list[PlatformUser]:
    """Students of a course who let its counselors read their file, in the order of their names."""
    return _students_allowing(Purpose.COUNSELOR, context)


def sharing_with_counselor(students: Collection[int], contexts: Collection[Context]) -> set[tuple[int, int]]:
    """Of these students and courses of one deployment: who lets the counselors of which course read.

    Pairs of primary keys; as many queries for one as for all.
    """
    if not contexts:
        return set()
    terms = terms_in(next(iter(contexts)))
    answers = Consent.objects.filter(context__in=contexts, student__in=students).newest_first()
    newest: dict[tuple[int, int], Consent] = {}
    for answer in answers:
        newest.setdefault((answer.student_id, answer.context_id), answer)
    return {
        pair
        for pair, answer in newest.items()
        if answer.withdrawn_at is None and terms.holds(answer) and terms.permits(answer, Purpose.COUNSELOR)
    }


def students_counted_in_class(context: Context) -> list[PlatformUser]:
    """Students of a course who let themselves be counted in its weekly pattern."""
    return _students_allowing(Purpose.CLASS, context)


def _students_allowing(purpose: Purpose, context: Context) -> list[PlatformUser]:
    terms = terms_in(context)
    newest = (answer for answer in _newest_answers(context) if terms.holds(answer))
    allowing = (answer.student for answer in newest if terms.permits(answer, purpose))
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
    """What is in force for the course's deployment."""
    return activations.activation_in_force(context.deployment_id)
