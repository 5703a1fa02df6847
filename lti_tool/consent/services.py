"""Ask, remember, require, take back. The only room that writes a student's answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.consent import selectors
from lti_tool.consent.errors import ClassViewLocked, ConsentIncomplete, ConsentMissing, SensingLocked
from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.texts import current_text
from lti_tool.core import clock
from lti_tool.domain.consent import Language, Purpose
from lti_tool.lti import services as lti
from lti_tool.lti.models import Context, PlatformUser


@transaction.atomic
def give_consent(
    *,
    student: PlatformUser,
    context: Context,
    purposes: Collection[Purpose],
    adult_confirmed: bool,
    language: Language = "",
    at: datetime,
) -> Consent:
    """Remember a yes with its choices. Raises SensingLocked, ConsentIncomplete.

    `language`: that in which the words were shown; that of the moment where it is left out.
    A record that the student showed to counselors by an act of their own stays shown.
    """
    _hold(student)
    require_sensing(context=context, at=at)
    terms = selectors.terms_in(context)
    if terms.problems(purposes, adult_confirmed=adult_confirmed):
        raise ConsentIncomplete
    before = selectors.current_consent(student=student, context=context)
    consent = _answer(student, context, answer=Answer.YES, language=language, at=at)
    consent.adult_confirmed, consent.age_asked = adult_confirmed, terms.least_age
    if before is not None and before.is_yes and before.shown_by_own_act:
        consent.shown_by_own_act, purposes = True, {*purposes, Purpose.COUNSELOR}
    consent.purposes = _in_order(purposes)
    consent.save(force_insert=True)
    _share_name(student, context, at=at)
    _audit(Action.CONSENT_GIVEN, student, context, purpose="+".join(consent.purposes), at=at)
    return consent


@transaction.atomic
def show_to_counselors(*, student: PlatformUser, context: Context, at: datetime) -> Consent:
    """Let counselors read the record, as an act of its own, apart from what else was chosen.

    Raises ConsentMissing where there is no yes to the camera, SensingLocked.
    """
    _hold(student)
    require(student=student, context=context, purpose=Purpose.CAMERA, at=at)
    before = selectors.current_consent(student=student, context=context)
    if before is None or not before.is_yes:
        raise ConsentMissing
    consent = _repeated(before, {*before.chosen, Purpose.COUNSELOR}, by_own_act=True, at=at)
    _audit(Action.CONSENT_GIVEN, student, context, purpose="+".join(consent.purposes), at=at)
    return consent


@transaction.atomic
def withdraw_purpose(*, student: PlatformUser, context: Context, purpose: Purpose, at: datetime) -> bool:
    """Take back one purpose; the others stay. Returns whether it had been allowed.

    Whatever the terms are now: an answer to an earlier text could count again one day, and must not then.
    """
    _hold(student)
    before = Consent.objects.of(student, context).newest_first().first()
    if before is None or not before.is_yes or purpose not in before.chosen:
        return False
    own_act = before.shown_by_own_act and purpose is not Purpose.COUNSELOR
    _repeated(before, {*before.chosen} - {purpose}, by_own_act=own_act, at=at)
    _audit(Action.CONSENT_WITHDRAWN, student, context, purpose=purpose.value, at=at)
    return True


def _repeated(before: Consent, purposes: Collection[Purpose], *, by_own_act: bool, at: datetime) -> Consent:
    """The same answer, to the same text, with other purposes."""
    consent = Consent(
        student=before.student,
        context=before.context,
        answer=Answer.YES,
        purposes=_in_order(purposes),
        text_version=before.text_version,
        text_hash=before.text_hash,
        text_language=before.text_language,
        adult_confirmed=before.adult_confirmed,
        age_asked=before.age_asked,
        shown_by_own_act=by_own_act,
        answered_at=at,
    )
    consent.save(force_insert=True)
    _share_name(before.student, before.context, at=at)
    return consent


@transaction.atomic
def decline(*, student: PlatformUser, context: Context, language: Language = "", at: datetime) -> Consent:
    """Remember a "not now": nobody asks again for a term, nor after it unless the text changes.

    What was kept before stays. `language`: as with a yes.
    """
    consent = _answer(student, context, answer=Answer.NOT_NOW, language=language, at=at)
    consent.save(force_insert=True)
    _audit(Action.CONSENT_DECLINED, student, context, at=at)
    return consent


@transaction.atomic
def withdraw_consent(*, student: PlatformUser, context: Context, at: datetime) -> int:
    """Take back every yes, and return how many. A "not now" follows, so that nobody is asked again.

    Erasing what was measured is the privacy room's part.
    """
    taken_back = Consent.objects.of(student, context).standing().update(withdrawn_at=at)
    _answer(student, context, answer=Answer.NOT_NOW, at=at).save(force_insert=True)
    _audit(Action.CONSENT_WITHDRAWN, student, context, at=at)
    return taken_back


@transaction.atomic
def carry_over(*, student: PlatformUser, context: Context, answers: Collection[Consent], at: datetime) -> int:
    """Keep answers that were given in another installation as history: they allow nothing here.

    Each ends at `at`, so that the student is asked anew. Those that are known stay as they are. Returns how
    many were new. The caller writes the audit.
    """
    known = set(Consent.objects.of(student, context).values_list("answered_at", "answer"))
    new = [answer for answer in answers if (answer.answered_at, answer.answer) not in known]
    for answer in new:
        answer.student, answer.context, answer.withdrawn_at = student, context, at
    return len(Consent.objects.bulk_create(new))


def require(*, student: PlatformUser, context: Context, purpose: Purpose, at: datetime | None = None) -> None:
    """Pass only if the student allows the purpose and the deployment may measure.

    Raises ConsentMissing, SensingLocked.
    """
    if not selectors.permits(student=student, context=context, purpose=purpose):
        raise ConsentMissing
    require_sensing(context=context, at=at or clock.now())


def require_sensing(*, context: Context, at: datetime) -> None:
    """Pass only if the deployment is activated. Raises SensingLocked."""
    if selectors.missing_before_sensing(context, at):
        raise SensingLocked


def require_class_view(*, context: Context, at: datetime) -> None:
    """Pass only if the pattern of the class may be made and shown. Raises ClassViewLocked."""
    if selectors.missing_before_class_view(context, at):
        raise ClassViewLocked


def _answer(
    student: PlatformUser, context: Context, *, answer: Answer, language: Language = "", at: datetime
) -> Consent:
    """An answer to the text in force, not saved yet."""
    text = current_text(language)
    return Consent(
        student=student,
        context=context,
        answer=answer,
        text_version=text.version,
        text_hash=text.hash,
        text_language=text.language,
        answered_at=at,
    )


def _hold(student: PlatformUser) -> None:
    """One answer after the other: what repeats an earlier one must not undo a withdrawal beside it."""
    PlatformUser.objects.select_for_update().get(pk=student.pk)


def _in_order(purposes: Collection[Purpose]) -> list[str]:
    return [purpose.value for purpose in Purpose if purpose in purposes]


def _share_name(student: PlatformUser, context: Context, *, at: datetime) -> None:
    """Counselors who may read the file learn whose it is; nobody keeps a name that no counselor may know."""
    counselor = Purpose.COUNSELOR
    if selectors.permits(student=student, context=context, purpose=counselor):
        lti.share_name(user=student, context=context, at=at)
    elif student.name_shared and not selectors.permits_anywhere(student=student, purpose=counselor):
        lti.forget_name(user=student, at=at)


def _audit(
    action: Action, student: PlatformUser, context: Context, *, purpose: str = "", at: datetime
) -> None:
    subject = f"context:{context.pk}"
    audit.record(actor=str(student.pseudonym), action=action, subject=subject, purpose=purpose, at=at)
