"""Where Attune was switched off: everybody still comes to what is their own, and to nothing else."""

import json
from collections.abc import Callable

import pytest

from lti_tool.capture.models import CaptureSession
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Context, Deployment, DeploymentState, Launch, PlatformUser, Registration
from lti_tool.records.models import MentalHealthFile, StressRecord
from lti_tool.records.selectors import open_file_of
from tests.conformance.visitor import Visitor
from tests.factories import give_everything, history, make_activation, make_context
from tests.platform.people import COURSE, TEST_USER_ROLE

Close = Callable[[], None]


def suspend() -> None:
    services.set_deployment_state(
        deployment=Deployment.objects.get(), state=DeploymentState.SUSPENDED, at=now()
    )


def switch_off() -> None:
    registration = Registration.objects.get()
    registration.active = False
    services.record_registration(registration=registration, by="ruth", at=now())


def disbelieve() -> None:
    registration = Registration.objects.get()
    registration.believed = False
    services.record_registration(registration=registration, by="ruth", at=now())


CLOSED = pytest.mark.parametrize("close", [suspend, switch_off])


@pytest.fixture
def course(visitor: Visitor) -> Context:
    """A course in which a student was in, said yes, and was measured."""
    deployment = Deployment.objects.get()
    make_activation(deployment)
    course = make_context(deployment=deployment, context_id=COURSE.context_id, title="Statistics I")
    assert visitor.launch("student").status_code == 302
    student = PlatformUser.objects.get()
    give_everything(student, course, at=now())
    history(student, course, [[0.3, 0.3, 0.3]], until=now())
    return course


def come(visitor: Visitor, person: str = "student") -> str:
    """The address of the page where a launch ends, below its launch."""
    page = visitor.client.get(visitor.launch(person).headers["Location"], follow=True)
    assert page.status_code == 200
    return str(page.redirect_chain[-1][0])


@CLOSED
def test_a_student_sees_and_takes_along_what_is_held(visitor: Visitor, course: Context, close: Close) -> None:
    close()
    mine = come(visitor)

    assert mine.endswith("/mine/")
    assert "Attune is switched off here" in visitor.client.get(mine).content.decode()
    taken = visitor.client.get(mine.replace("/mine/", "/held/record.json"))
    assert len(json.loads(taken.content)["courses"][0]["file"]["sessions"][0]["measurements"]) == 3


@CLOSED
def test_a_student_has_everything_deleted(visitor: Visitor, course: Context, close: Close) -> None:
    close()
    receipt = visitor.client.post(come(visitor).replace("/mine/", "/withdraw/"), follow=True)

    assert "Everything was deleted" in receipt.content.decode()
    assert open_file_of(PlatformUser.objects.get(), course) is None
    assert not StressRecord.objects.exists()
    assert bytes(MentalHealthFile.objects.get().data_key.wrapped) == b""


@CLOSED
def test_who_was_inside_when_it_closed_goes_on_to_what_is_theirs(
    visitor: Visitor, course: Context, close: Close
) -> None:
    page = visitor.client.get(visitor.launch("student").headers["Location"], follow=True)
    camera = page.redirect_chain[-1][0]
    close()

    refused = visitor.client.get(camera)
    assert refused.status_code == 403
    assert "door_closed" in refused.content.decode()
    home = camera.replace("/capture/", "/")
    assert visitor.client.get(home, follow=True).redirect_chain[-1][0].endswith("/mine/")


@CLOSED
def test_nothing_else_opens(visitor: Visitor, course: Context, close: Close) -> None:
    close()
    mine = come(visitor)

    for page in ("capture/", "consent/", "calm/", "class/", "caseload/", "caseload/archive/", "invitation/"):
        response = visitor.client.get(mine.replace("mine/", page))
        assert response.status_code in {403, 404}, page
    started = visitor.client.post(mine.replace("mine/", "capture/sessions/"), {}, "application/json")
    assert started.status_code in {403, 404}
    assert not CaptureSession.objects.exists()


@CLOSED
def test_a_teacher_comes_to_their_own_and_to_no_class(
    visitor: Visitor, course: Context, close: Close
) -> None:
    assert visitor.launch("instructor").status_code == 302
    close()
    own = come(visitor, "instructor")

    assert own.endswith("/own/")
    assert "/class/" not in visitor.client.get(own).content.decode()


@CLOSED
def test_a_role_in_a_closed_course_is_none_in_an_open_one(
    visitor: Visitor, course: Context, close: Close
) -> None:
    """Their own page leads a teacher on into a course where they only learn; and a learner to no camera."""
    open_deployment = Deployment.objects.create(
        registration=course.deployment.registration, deployment_id="2", state=DeploymentState.APPROVED
    )
    make_activation(open_deployment)
    elsewhere = make_context(deployment=open_deployment, title="Algebra")
    give_everything(PlatformUser.objects.get(), elsewhere, at=now())
    Deployment.objects.filter(pk=course.deployment_id).update(state=DeploymentState.SUSPENDED)
    own = come(visitor)
    opened = visitor.client.post(f"{own}{elsewhere.pk}/", follow=True).redirect_chain[-1][0]

    assert opened.endswith("/mine/")
    for page in ("capture/", "consent/", "class/"):
        assert visitor.client.get(opened.replace("mine/", page)).status_code == 403


@CLOSED
def test_of_whom_nothing_is_held_no_trace_is_left(visitor: Visitor, course: Context, close: Close) -> None:
    close()
    people, launches = PlatformUser.objects.count(), Launch.objects.count()

    refused = visitor.launch("student-02")

    assert refused.status_code == 403
    assert b"launch_refused.deployment_closed" in refused.content
    assert (PlatformUser.objects.count(), Launch.objects.count()) == (people, launches)


@CLOSED
def test_a_test_user_is_nobody_there_either(visitor: Visitor, course: Context, close: Close) -> None:
    close()
    assert visitor.launch("student", overrides={"roles": [TEST_USER_ROLE]}).status_code == 403


def test_a_platform_that_is_not_believed_opens_nobodys_record(visitor: Visitor, course: Context) -> None:
    """Whoever stole its key could come as anybody."""
    disbelieve()
    refused = visitor.launch("student")
    assert refused.status_code == 403
    assert b"launch_refused.deployment_not_approved" in refused.content

    switch_off()
    fields = visitor.platform.launch("student").login_parameters()
    assert b"platform_unknown" in visitor.client.post("/lti/login/", fields).content


def test_an_approval_believes_again(visitor: Visitor, course: Context) -> None:
    disbelieve()
    services.set_deployment_state(
        deployment=Deployment.objects.get(), state=DeploymentState.APPROVED, at=now()
    )
    assert visitor.launch("student").status_code == 302


def test_of_two_clients_of_one_issuer_the_open_one_is_meant(visitor: Visitor, course: Context) -> None:
    second = Registration.objects.get()
    second.pk, second.client_id, second.active = None, "a-second-one", False
    second.save()
    Deployment.objects.create(registration=second, deployment_id="2", state=DeploymentState.SUSPENDED)
    fields = visitor.platform.launch("student").login_parameters()
    del fields["client_id"]

    assert visitor.client.post("/lti/login/", fields).status_code in {200, 302}
