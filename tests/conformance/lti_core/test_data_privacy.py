"""A data privacy launch opens the person's own record, and nobody else's."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from lti_tool.consent.selectors import permits
from lti_tool.core.clock import now
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, Launch, PlatformUser, Registration
from lti_tool.records.selectors import open_file_of
from tests.conformance.visitor import Visitor
from tests.factories import give_everything, history, make_activation, make_context
from tests.platform.claims import Message
from tests.platform.launches import ABSENT
from tests.platform.people import INSTITUTION, INSTRUCTOR_ROLE, STUDENTS, SYSTEM, TEST_USER_ROLE

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse

SPEC = pytest.mark.spec("LTI Data Privacy Launch 1.0 (draft)", "message")


@pytest.fixture
def student(registration: Registration) -> PlatformUser:
    make_activation(registration.deployments.get())
    return PlatformUser.objects.create(registration=registration, sub=STUDENTS[0].sub)


def _course(registration: Registration, title: str) -> Context:
    return make_context(deployment=registration.deployments.get(), title=title)


def _measure(student: PlatformUser, course: Context) -> None:
    give_everything(student, course, at=now())
    history(student, course, [[0.3, 0.3, 0.3]], until=now())


def _come(visitor: Visitor, person: str = "student", **overrides: object) -> "TestResponse":
    """As platforms do: without a course, and with roles of the institution only."""
    launch = visitor.platform.launch(
        person,
        message=Message.DATA_PRIVACY,
        overrides={"context": ABSENT, "roles": [f"{INSTITUTION}#Student"], **overrides},
    )
    form = visitor.platform.answer(launch, visitor.start(launch))
    return visitor.client.post(launch.tool.launch_url, form)


def _arrive(visitor: Visitor, person: str = "student", **overrides: object) -> "TestResponse":
    """The page where it ends."""
    return visitor.client.get(_come(visitor, person, **overrides).headers["Location"], follow=True)


@SPEC
@pytest.mark.parametrize("name", ["DataPrivacyLaunchRequest", "LtiDataPrivacyLaunchRequest"])
def test_a_person_comes_to_their_own_record(
    visitor: Visitor, registration: Registration, student: PlatformUser, name: str
) -> None:
    _measure(student, _course(registration, "Statistics I"))

    page = _arrive(visitor, message_type=name)

    assert page.redirect_chain[-1][0].endswith("/mine/")
    assert "What is held about you" in page.content.decode()
    assert '/consent/"' not in page.content.decode()


@SPEC
def test_a_person_with_several_courses_chooses_one(
    visitor: Visitor, registration: Registration, student: PlatformUser
) -> None:
    courses = [_course(registration, title) for title in ("Statistics I", "Algebra")]
    for course in courses:
        _measure(student, course)

    asked = _arrive(visitor)
    own = asked.redirect_chain[-1][0]
    opened = visitor.client.post(f"{own}{courses[0].pk}/", follow=True)

    assert [title in asked.content.decode() for title in ("Statistics I", "Algebra")] == [True, True]
    assert opened.redirect_chain[-1][0].endswith("/mine/")
    assert "Statistics I" in opened.content.decode()


@SPEC
def test_of_whom_nothing_is_held_reads_that(visitor: Visitor) -> None:
    assert "In no course did you say yes" in _arrive(visitor).content.decode()


@SPEC
def test_a_person_has_everything_deleted_from_there(
    visitor: Visitor, registration: Registration, student: PlatformUser
) -> None:
    course = _course(registration, "Statistics I")
    _measure(student, course)
    mine = _arrive(visitor).redirect_chain[-1][0]

    receipt = visitor.client.post(mine.replace("/mine/", "/withdraw/"), follow=True)

    assert "Everything was deleted" in receipt.content.decode()
    assert open_file_of(student, course) is None
    assert not permits(student=student, context=course, purpose=Purpose.CAMERA)


@SPEC
def test_a_yes_that_measured_nothing_yet_can_be_taken_back_there(
    visitor: Visitor, registration: Registration, student: PlatformUser
) -> None:
    give_everything(student, _course(registration, "Statistics I"), at=now())

    assert _arrive(visitor).redirect_chain[-1][0].endswith("/mine/")


@SPEC
def test_no_other_page_opens_and_no_other_persons_course(
    visitor: Visitor, registration: Registration, student: PlatformUser
) -> None:
    other = PlatformUser.objects.create(registration=registration, sub="student-02")
    foreign = _course(registration, "Not mine")
    _measure(other, foreign)
    own = _arrive(visitor).redirect_chain[-1][0]

    assert visitor.client.post(f"{own}{foreign.pk}/").status_code == 404
    for page in ("capture/", "consent/", "class/", "caseload/"):
        assert visitor.client.get(own.replace("own/", page)).status_code == 403


@SPEC
@pytest.mark.parametrize("for_user", [ABSENT, None, {"user_id": "student-01"}])
def test_whom_it_is_about_may_be_left_unsaid(visitor: Visitor, for_user: object) -> None:
    assert _come(visitor, for_user=for_user).status_code == 302


@SPEC
@pytest.mark.parametrize(
    ("for_user", "reason"),
    [
        ({}, "for_user_empty"),
        ({"user_id": ""}, "for_user_empty"),
        ({"user_id": None}, "for_user_empty"),
        ([], "for_user_empty"),
        ("student-01", "for_user_empty"),
        ({"user_id": "student-02"}, "for_user_another"),
        ({"user_id": ["student-01"]}, "for_user_another"),
    ],
)
def test_a_launch_about_nobody_or_somebody_else_is_refused(
    visitor: Visitor, for_user: object, reason: str
) -> None:
    response = _come(visitor, for_user=for_user)

    assert response.status_code == 403
    assert f"launch_refused.{reason}" in response.content.decode()
    assert not Launch.objects.exists()


@SPEC
def test_an_administrator_who_comes_for_a_student_is_told_why_not(visitor: Visitor) -> None:
    response = _come(
        visitor,
        "administrator",
        roles=[f"{SYSTEM}#Administrator"],
        for_user={"user_id": "student-01"},
    )

    assert "Nobody opens that for them." in response.content.decode()


@SPEC
def test_a_test_user_has_no_record(visitor: Visitor) -> None:
    response = _come(visitor, "test-user", roles=[TEST_USER_ROLE])

    assert response.status_code == 200
    assert "There is nothing here for your role" in response.content.decode()


def test_on_a_shared_computer_the_next_person_closes_the_record_of_the_one_before(visitor: Visitor) -> None:
    first = _arrive(visitor, "student-01").redirect_chain[-1][0]
    _arrive(visitor, "student-02")

    assert visitor.client.get(first).status_code == 403
    assert Client().get(first).status_code == 403


def test_a_teacher_comes_to_their_own_record_and_to_no_class(visitor: Visitor) -> None:
    page = _arrive(visitor, "instructor", roles=[INSTRUCTOR_ROLE])

    assert page.redirect_chain[-1][0].endswith("/own/")
    assert "/class/" not in page.content.decode()
