"""What a student says of an exercise is sealed under a key of its own, and goes when they say so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.services import recording
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.prompts import Moment, Reply
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.vault import services as vault
from lti_tool.vault.errors import SealBroken
from lti_tool.vault.models import DataKey
from lti_tool.wellbeing import services as wellbeing
from lti_tool.wellbeing.models import Diary, DiaryEntry
from lti_tool.wellbeing.sealed import open_entry
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.make_student(context)


def say(
    student: PlatformUser,
    context: Context,
    helped: Helped = Helped.YES,
    exercise: Exercise = Exercise.SLOW,
    at: datetime = NOW,
) -> bool:
    return wellbeing.say_whether_it_helped(
        student=student, context=context, exercise=exercise, helped=helped, at=at
    )


def read(student: PlatformUser, context: Context) -> list[tuple[Exercise, Helped]]:
    diary = wellbeing.read_diary(student=student, context=context, purpose="calm_corner", at=NOW)
    return [(said.exercise, said.helped) for said in diary.said]


def test_an_answer_comes_back_to_who_gave_it(student: PlatformUser, context: Context) -> None:
    assert say(student, context)
    assert say(student, context, Helped.NOT_REALLY, Exercise.MUSCLES, NOW + timedelta(hours=1))
    assert read(student, context) == [
        (Exercise.SLOW, Helped.YES),
        (Exercise.MUSCLES, Helped.NOT_REALLY),
    ]


def test_what_helped_most_comes_first(student: PlatformUser, context: Context) -> None:
    say(student, context, Helped.NOT_REALLY, Exercise.SLOW)
    say(student, context, Helped.A_LITTLE, Exercise.BOX)
    for _ in range(2):
        say(student, context, Helped.YES, Exercise.GROUNDING)
    tallies = wellbeing.read_diary(student=student, context=context, purpose="x", at=NOW).tallies
    assert tallies == [
        (Exercise.GROUNDING, 2, 0, 0),
        (Exercise.BOX, 0, 1, 0),
        (Exercise.SLOW, 0, 0, 1),
    ]


def test_nothing_of_it_lies_open(student: PlatformUser, context: Context) -> None:
    say(student, context, Helped.NOT_REALLY, Exercise.MUSCLES)
    rows = [
        *Diary.objects.values_list(),
        *DiaryEntry.objects.values_list(),
        *AuditEntry.objects.values_list(),
    ]
    cells = b" ".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in rows for v in row
    )
    assert b"muscles" not in cells
    assert b"not_really" not in cells


def test_an_answer_opens_in_its_own_place_only(student: PlatformUser, context: Context) -> None:
    say(student, context)
    say(student, context, Helped.A_LITTLE)
    first, second = DiaryEntry.objects.select_related("diary__context__deployment")
    key = vault.open_data_key(first.diary.data_key)
    assert open_entry(first, key).helped is Helped.YES
    first.sealed = second.sealed
    with pytest.raises(SealBroken):
        open_entry(first, key)


def test_two_students_and_two_courses_have_a_key_each(student: PlatformUser, context: Context) -> None:
    other = make.make_context(deployment=context.deployment, context_id="other")
    classmate = make.make_student(context)
    for person, course in ((student, context), (student, other), (classmate, context)):
        say(person, course)
    assert DataKey.objects.count() == Diary.objects.count() == 3
    say(student, context, Helped.A_LITTLE)
    assert read(classmate, context) == [(Exercise.SLOW, Helped.YES)]


def test_looking_at_a_diary_that_was_never_begun_leaves_nothing(
    student: PlatformUser, context: Context
) -> None:
    assert read(student, context) == []
    assert not Diary.objects.exists()
    assert not AuditEntry.objects.exists()


def test_deleting_destroys_the_key_and_leaves_no_row(student: PlatformUser, context: Context) -> None:
    say(student, context)
    assert wellbeing.destroy_diary(student=student, context=context, at=NOW)
    assert (Diary.objects.count(), DiaryEntry.objects.count(), DataKey.objects.count()) == (0, 0, 0)
    assert not wellbeing.destroy_diary(student=student, context=context, at=NOW)
    assert AuditEntry.objects.get(action=Action.DIARY_DESTROYED).actor == str(student.pseudonym)


def test_who_wants_nothing_kept_loses_what_was_and_is_taken_at_their_word(
    student: PlatformUser, context: Context
) -> None:
    say(student, context)
    old = Diary.objects.get().public_id
    wellbeing.keep_answers(student=student, context=context, keep=False, at=NOW)
    assert not say(student, context)
    assert read(student, context) == []
    assert Diary.objects.get().public_id != old
    assert not DiaryEntry.objects.exists()
    wellbeing.keep_answers(student=student, context=context, keep=True, at=NOW)
    assert say(student, context)


def test_a_withdrawal_takes_the_diary_along_and_no_other(student: PlatformUser, context: Context) -> None:
    classmate = make.make_student(context)
    say(student, context)
    say(classmate, context)
    privacy.withdraw(student=student, context=context, at=NOW)
    assert [diary.student for diary in Diary.objects.all()] == [classmate]
    assert DataKey.objects.count() == 1


Service = Callable[[PlatformUser, Context], object]
TRACED: dict[str, Service] = {
    "check_in": lambda s, c: wellbeing.check_in(
        student=s, context=c, report=SelfReport(4), shared=Shared.NOBODY, at=NOW
    ),
    "destroy_diary": lambda s, c: wellbeing.destroy_diary(student=s, context=c, at=NOW),
    "keep_answers": lambda s, c: wellbeing.keep_answers(student=s, context=c, keep=False, at=NOW),
    "offer_break": lambda s, c: wellbeing.offer_break(
        student=s, context=c, moment=Moment.PAUSE, timed=False, at=NOW
    ),
    "read_diary": lambda s, c: wellbeing.read_diary(student=s, context=c, purpose="calm_corner", at=NOW),
    "reply_to_offer": lambda s, c: wellbeing.reply_to_offer(
        student=s, context=c, reply=Reply.DISMISSED, at=NOW
    ),
    "say_whether_it_helped": say,
    "switch_offers": lambda s, c: wellbeing.switch_offers(student=s, context=c, off=True, at=NOW),
}


def test_every_service_of_the_room_is_traced() -> None:
    assert set(TRACED) == set(wellbeing.__all__)


@pytest.mark.parametrize("name", sorted(TRACED))
def test_a_service_leaves_a_trace_by_the_student(name: str, student: PlatformUser, context: Context) -> None:
    say(student, context)
    before = AuditEntry.objects.count()
    TRACED[name](student, context)
    assert AuditEntry.objects.count() > before
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {str(student.pseudonym)}


@pytest.mark.parametrize("name", sorted(TRACED))
def test_without_its_trace_nothing_is_read_and_nothing_is_changed(
    name: str, student: PlatformUser, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_entries: object) -> None:
        raise OperationalError

    def kept() -> list[Any]:
        return [list(model.objects.order_by("pk").values()) for model in (Diary, DiaryEntry, DataKey)]

    say(student, context)
    before = kept()
    monkeypatch.setattr(recording, "_append", refuse)
    with pytest.raises(OperationalError):
        TRACED[name](student, context)
    assert kept() == before
