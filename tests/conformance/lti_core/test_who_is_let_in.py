"""Who is let in where: deployments that are open, people who have a place here, counselors by grant."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Context, Deployment, DeploymentState, Launch, PlatformUser, Registration
from tests.conformance.visitor import Visitor
from tests.platform.people import MENTOR_ROLE


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """A test's requests run in its own thread, which would go on in their language."""
    yield
    translation.deactivate()


def test_a_deployment_that_was_never_approved_lets_nobody_in(visitor: Visitor) -> None:
    Deployment.objects.update(state=DeploymentState.PENDING)

    response = visitor.launch("student")

    assert response.status_code == 403
    assert b"launch_refused.deployment_not_approved" in response.content


@pytest.mark.parametrize("person", ["test-user", "mentor", "administrator"])
def test_nothing_is_recorded_of_people_who_have_no_place_here(visitor: Visitor, person: str) -> None:
    response = visitor.launch(person)

    assert response.status_code == 200
    assert b"There is nothing here for your role" in response.content
    assert Launch.objects.count() == PlatformUser.objects.count() == Context.objects.count() == 0


def test_a_mentor_reads_which_role_was_received(visitor: Visitor) -> None:
    assert b"<strong>Mentor</strong>" in visitor.launch("mentor").content


@pytest.mark.parametrize(("days", "status"), [(1, 302), (-1, 200)])
def test_a_grant_lets_a_mentor_in_while_it_lasts(
    visitor: Visitor, registration: Registration, days: int, status: int
) -> None:
    services.grant_counselor(
        registration=registration,
        sub="mentor",
        deployment=registration.deployments.get(),
        context=None,
        granted_by="Ruth",
        expires_at=now() + timedelta(days=days),
        at=now(),
    )

    assert visitor.launch("mentor", overrides={"roles": [MENTOR_ROLE]}).status_code == status


@pytest.mark.parametrize(("locale", "language"), [("es_MX", "es"), ("zh-CN", "zh-hans"), ("de", "en")])
def test_who_has_no_place_here_reads_so_in_the_language_of_the_course(
    visitor: Visitor, locale: str, language: str
) -> None:
    response = visitor.launch("mentor", overrides={"launch_presentation": {"locale": locale}})

    assert f'<html lang="{language}"'.encode() in response.content


def test_who_is_refused_once_believed_reads_so_in_the_language_of_the_course(visitor: Visitor) -> None:
    Deployment.objects.update(state=DeploymentState.PENDING)

    response = visitor.launch("student", overrides={"launch_presentation": {"locale": "es"}})

    assert b'<html lang="es"' in response.content
