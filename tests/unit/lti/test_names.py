"""Whose name is kept: who shares it, for as long as they do."""

from datetime import timedelta

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.lti import services
from lti_tool.lti.models import Context, Launch, PlatformUser
from tests.factories import make_context, make_launch, make_student
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make_student(context, name="")


def test_a_name_that_is_shared_comes_from_the_newest_launch_in_the_course(
    student: PlatformUser, context: Context
) -> None:
    make_launch(student, context, name="Ada Newest", at=NOW)
    make_launch(student, context, name="Ada Older", at=NOW - timedelta(hours=1))
    make_launch(student, make_context(deployment=context.deployment), name="Elsewhere", at=NOW)

    services.share_name(user=student, context=context, at=NOW)

    kept = PlatformUser.objects.get(pk=student.pk)
    assert (kept.name, kept.name_shared) == ("Ada Newest", True)


def test_a_name_stays_when_the_launch_that_told_it_is_gone(student: PlatformUser, context: Context) -> None:
    student.name = "Ada"
    services.share_name(user=student, context=context, at=NOW)

    assert PlatformUser.objects.get(pk=student.pk).name == "Ada"


def test_a_name_that_is_forgotten_is_nowhere(student: PlatformUser, context: Context) -> None:
    make_launch(student, context, name="Ada")
    services.share_name(user=student, context=context, at=NOW)

    services.forget_name(user=student, at=NOW)

    entries = AuditEntry.objects.values_list("actor", "action", "subject")
    actor = str(student.pseudonym)
    assert list(entries) == [
        (actor, Action.NAME_SHARED, f"person:{actor}"),
        (actor, Action.NAME_FORGOTTEN, f"person:{actor}"),
    ]

    kept = PlatformUser.objects.get(pk=student.pk)
    assert (kept.name, kept.name_shared) == ("", False)
    assert not Launch.objects.exclude(name="").exists()
