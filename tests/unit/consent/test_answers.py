"""What is remembered of an answer, and for how long it holds."""

from collections.abc import Collection
from datetime import timedelta

import pytest

from lti_tool.activation.models import Activation
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.consent import selectors, services
from lti_tool.consent.errors import ConsentIncomplete, ConsentMissing, SensingLocked
from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.selectors import Standing
from lti_tool.domain.consent import ConsentText, Purpose
from lti_tool.lti.models import Context, DeploymentState, PlatformUser
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

EVERYTHING = tuple(Purpose)


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.make_student(context)


def permitted(student: PlatformUser, context: Context) -> set[Purpose]:
    return {p for p in Purpose if selectors.permits(student=student, context=context, purpose=p)}


def say_yes(
    student: PlatformUser, context: Context, purposes: Collection[Purpose] = EVERYTHING, minute: int = 0
) -> Consent:
    at = NOW + timedelta(minutes=minute)
    return services.give_consent(
        student=student, context=context, purposes=purposes, adult_confirmed=True, at=at
    )


def test_before_any_answer_nothing_is_permitted(student: PlatformUser, context: Context) -> None:
    assert permitted(student, context) == set()
    assert selectors.current_consent(student=student, context=context) is None
    assert selectors.standing_of(student=student, context=context) is Standing.NEVER_ASKED


@pytest.mark.parametrize(
    "chosen",
    [
        {Purpose.CAMERA},
        {Purpose.CAMERA, Purpose.COUNSELOR},
        {Purpose.CAMERA, Purpose.CLASS},
        set(Purpose),
    ],
)
def test_a_yes_permits_what_was_chosen(student: PlatformUser, context: Context, chosen: set[Purpose]) -> None:
    say_yes(student, context, chosen)
    assert permitted(student, context) == chosen


@pytest.mark.parametrize(
    ("chosen", "adult"), [((), True), ((Purpose.COUNSELOR, Purpose.CLASS), True), (EVERYTHING, False)]
)
def test_an_incomplete_yes_is_not_remembered(
    student: PlatformUser, context: Context, chosen: tuple[Purpose, ...], adult: bool
) -> None:
    with pytest.raises(ConsentIncomplete):
        services.give_consent(
            student=student, context=context, purposes=chosen, adult_confirmed=adult, at=NOW
        )
    assert not Consent.objects.exists()


def test_a_yes_in_one_course_says_nothing_in_another(student: PlatformUser, context: Context) -> None:
    other = make.make_context(deployment=context.deployment)
    say_yes(student, context)
    assert permitted(student, other) == set()


def test_the_newest_answer_holds_and_the_history_stays(student: PlatformUser, context: Context) -> None:
    say_yes(student, context)
    say_yes(student, context, [Purpose.CAMERA], minute=1)
    services.decline(student=student, context=context, at=NOW + timedelta(minutes=2))

    assert permitted(student, context) == set()
    answers = Consent.objects.order_by("answered_at").values_list("answer", "purposes")
    assert list(answers) == [
        (Answer.YES, ["camera", "counselor", "class"]),
        (Answer.YES, ["camera"]),
        (Answer.NOT_NOW, []),
    ]


def test_two_answers_in_the_same_moment_keep_their_order(student: PlatformUser, context: Context) -> None:
    say_yes(student, context)
    services.decline(student=student, context=context, at=NOW)
    assert permitted(student, context) == set()


def test_not_now_after_a_yes_is_a_pause_until_it_is_withdrawn(
    student: PlatformUser, context: Context
) -> None:
    say_yes(student, context)
    services.decline(student=student, context=context, at=NOW)
    assert selectors.standing_of(student=student, context=context) is Standing.PAUSED

    services.withdraw_consent(student=student, context=context, at=NOW)
    assert selectors.standing_of(student=student, context=context) is Standing.NOT_NOW


def test_a_changed_text_asks_again(
    student: PlatformUser, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_yes(student, context)
    monkeypatch.setattr(selectors, "current_text", lambda: ConsentText("v1", "other words"))

    assert permitted(student, context) == set()
    assert selectors.current_consent(student=student, context=context) is None
    assert selectors.standing_of(student=student, context=context) is Standing.TEXT_CHANGED
    assert selectors.students_sharing_with_counselor(context) == []


def test_an_answer_remembers_the_text_it_was_given_to(student: PlatformUser, context: Context) -> None:
    consent = say_yes(student, context)
    assert consent.text_version == "v1"
    assert len(consent.text_hash) == 64


def test_after_withdrawal_nothing_is_permitted_and_nobody_asks_again(
    student: PlatformUser, context: Context
) -> None:
    given = say_yes(student, context)
    later = NOW + timedelta(minutes=5)

    assert services.withdraw_consent(student=student, context=context, at=later) == 1

    given.refresh_from_db()
    assert given.withdrawn_at == later
    assert permitted(student, context) == set()
    assert selectors.standing_of(student=student, context=context) is Standing.NOT_NOW
    say_yes(student, context, minute=10)
    assert permitted(student, context) == set(Purpose)


def test_require_passes_or_says_why(student: PlatformUser, context: Context) -> None:
    with pytest.raises(ConsentMissing):
        services.require(student=student, context=context, purpose=Purpose.CAMERA, at=NOW)
    say_yes(student, context, [Purpose.CAMERA])
    services.require(student=student, context=context, purpose=Purpose.CAMERA, at=NOW)
    with pytest.raises(ConsentMissing):
        services.require(student=student, context=context, purpose=Purpose.COUNSELOR, at=NOW)


def test_an_expired_activation_locks_again(student: PlatformUser, context: Context) -> None:
    say_yes(student, context)
    Activation.objects.update(expires_at=NOW)
    with pytest.raises(SensingLocked):
        services.require(student=student, context=context, purpose=Purpose.CAMERA, at=NOW)


def test_no_yes_is_taken_where_measuring_is_not_switched_on() -> None:
    locked = make.make_context(activated=False)
    student = make.make_student(locked)
    with pytest.raises(SensingLocked):
        say_yes(student, locked)
    services.decline(student=student, context=locked, at=NOW)
    assert Consent.objects.get().answer == Answer.NOT_NOW


def test_students_who_share_are_listed_by_name_and_only_they(context: Context) -> None:
    for name in ("Zoe", "ada"):
        make.consenting(context, name=name)
    make.consenting(context, name="Camera only", purposes=[Purpose.CAMERA])
    declined = make.consenting(context, name="Changed their mind")
    services.decline(student=declined, context=context, at=NOW + timedelta(hours=1))
    make.consenting(make.make_context(), name="Elsewhere")

    assert [s.name for s in selectors.students_sharing_with_counselor(context)] == ["ada", "Zoe"]


def test_every_answer_is_written_down_without_a_name(student: PlatformUser, context: Context) -> None:
    say_yes(student, context, [Purpose.CAMERA, Purpose.CLASS])
    services.decline(student=student, context=context, at=NOW)
    services.withdraw_consent(student=student, context=context, at=NOW)

    entries = list(AuditEntry.objects.all())
    actions = [Action.CONSENT_GIVEN, Action.CONSENT_DECLINED, Action.CONSENT_WITHDRAWN]
    assert [entry.action for entry in entries] == actions
    assert entries[0].purpose == "camera+class"
    assert {entry.actor for entry in entries} == {str(student.pseudonym)}


def test_nothing_is_measured_in_a_deployment_that_was_suspended(
    student: PlatformUser, context: Context
) -> None:
    say_yes(student, context)
    context.deployment.state = DeploymentState.SUSPENDED

    with pytest.raises(SensingLocked):
        services.require(student=student, context=context, purpose=Purpose.CAMERA, at=NOW)


def test_nothing_is_measured_for_a_platform_that_was_switched_off(
    student: PlatformUser, context: Context
) -> None:
    say_yes(student, context)
    context.deployment.registration.active = False

    with pytest.raises(SensingLocked):
        services.require(student=student, context=context, purpose=Purpose.CAMERA, at=NOW)


def test_a_name_is_kept_once_it_is_shared_with_a_counselor(context: Context) -> None:
    student = make.make_student(context, name="")
    make.make_launch(student, context, name="Ada")

    say_yes(student, context, {Purpose.CAMERA})
    assert PlatformUser.objects.get(pk=student.pk).name == ""

    say_yes(student, context, {Purpose.CAMERA, Purpose.COUNSELOR}, minute=1)
    assert [s.name for s in selectors.students_sharing_with_counselor(context)] == ["Ada"]


def test_a_name_is_forgotten_when_no_counselor_may_know_it_any_more(
    student: PlatformUser, context: Context
) -> None:
    other = make.make_context()
    for course in (context, other):
        say_yes(student, course)

    say_yes(student, context, {Purpose.CAMERA}, minute=1)
    assert PlatformUser.objects.get(pk=student.pk).name == "Ada"

    say_yes(student, other, {Purpose.CAMERA}, minute=1)
    assert PlatformUser.objects.get(pk=student.pk).name == ""
