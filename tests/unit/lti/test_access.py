"""The door of pages under a launch: who is let in, and what the page learns of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.template import Context as TemplateContext
from django.template import Template
from django.test import RequestFactory

from lti_tool.core.clock import now
from lti_tool.domain.access import Viewer
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.browser import bind, is_bound
from lti_tool.lti.errors import DoorClosed, LaunchExpired, LaunchMissing, WrongViewer
from lti_tool.lti.models import Deployment, DeploymentState, Launch, Registration
from lti_tool.lti.selectors import active_grant, viewers_of
from tests.factories import make_context, make_counselor, make_launch, make_student
from tests.factories.people import INSTRUCTOR, LEARNER

Close = Callable[[], None]
pytestmark = pytest.mark.django_db


def _request(launch: Launch | None = None) -> LaunchedRequest:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    if launch is not None:
        launch.browser_hash = bind(request.session)
        launch.save()
    return request  # type: ignore[return-value]


def _launch(*roles: str, **values: object) -> Launch:
    context = make_context()
    return make_launch(make_student(context), context, roles=roles or (LEARNER,), at=now(), **values)


def test_a_fitting_viewer_is_let_in_and_known() -> None:
    launch = _launch(LEARNER)
    seen: list[object] = []

    @launched(Viewer.STUDENT)
    def page(request: LaunchedRequest, word: str) -> HttpResponse:
        seen.extend((word, request.viewer, request.launch))
        return HttpResponse()

    page(_request(launch), launch=launch.public_id, word="hello")

    assert seen == ["hello", Viewer.STUDENT, launch]


def test_a_person_with_two_roles_looks_with_the_one_that_fits_the_page() -> None:
    launch = _launch(INSTRUCTOR, LEARNER)
    request = _request(launch)

    launched(Viewer.STUDENT)(lambda request: HttpResponse())(request, launch=launch.public_id)

    assert request.viewer is Viewer.STUDENT
    assert request.viewers == (Viewer.INSTRUCTOR, Viewer.STUDENT)


def test_a_viewer_who_does_not_fit_reads_the_roles_that_were_received() -> None:
    launch = _launch(LEARNER)

    with pytest.raises(WrongViewer, match="Learner"):
        launched(Viewer.COUNSELOR)(lambda request: HttpResponse())(_request(launch), launch=launch.public_id)


def test_a_browser_without_the_secret_is_not_let_in() -> None:
    launch = _launch()

    with pytest.raises(LaunchMissing):
        launched()(lambda request: HttpResponse())(_request(), launch=launch.public_id)


def test_an_unknown_launch_is_not_let_in() -> None:
    with pytest.raises(LaunchMissing):
        launched()(lambda request: HttpResponse())(_request(), launch="unknown")


def test_a_launch_that_is_over_is_not_let_in() -> None:
    launch = _launch(expires_at=now())

    with pytest.raises(LaunchExpired):
        launched()(lambda request: HttpResponse())(_request(launch), launch=launch.public_id)


def _suspend() -> None:
    Deployment.objects.update(state=DeploymentState.SUSPENDED)


def _switch_off() -> None:
    Registration.objects.update(active=False)


def _disbelieve() -> None:
    Registration.objects.update(believed=False)


@pytest.mark.parametrize("close", [_suspend, _switch_off])
@pytest.mark.parametrize("role", [LEARNER, INSTRUCTOR])
def test_where_the_door_was_closed_only_pages_of_owners_stay_open(close: Close, role: str) -> None:
    launch = _launch(role)
    request = _request(launch)
    close()

    for closed in (launched(), launched(Viewer.STUDENT, Viewer.INSTRUCTOR)):
        with pytest.raises(DoorClosed):
            closed(lambda request: HttpResponse())(request, launch=launch.public_id)
    launched(Viewer.OWNER)(lambda request: HttpResponse())(request, launch=launch.public_id)
    assert (request.viewers, request.door_closed) == ((Viewer.OWNER,), True)


def test_where_a_platform_is_not_believed_no_page_stays_open() -> None:
    launch = _launch()
    request = _request(launch)
    _disbelieve()

    for page in (launched(), launched(Viewer.OWNER)):
        with pytest.raises(DoorClosed):
            page(lambda request: HttpResponse())(request, launch=launch.public_id)


def test_no_page_under_a_launch_is_kept_by_the_browser() -> None:
    launch = _launch()

    response = launched()(lambda request: HttpResponse())(_request(launch), launch=launch.public_id)

    assert "no-store" in response.headers["Cache-Control"]


def test_the_template_tag_stays_under_the_launch() -> None:
    launch = _launch()
    request = _request(launch)
    request.launch = launch

    shown = Template("{% load launches %}{% launch_url 'dashboards:home' %}").render(
        TemplateContext({"request": request})
    )

    assert shown == launch_url(launch, "dashboards:home") == f"/l/{launch.public_id}/"


def test_a_browser_keeps_its_secret_from_launch_to_launch() -> None:
    session = SessionStore()

    first = bind(session)

    assert bind(session) == first
    assert is_bound(session, first)
    assert not is_bound(SessionStore(), first)


def test_a_grant_makes_a_counselor_in_its_course_only() -> None:
    context = make_context()
    counselor = make_counselor(context, at=now())
    here = make_launch(counselor, context, roles=(INSTRUCTOR,))
    there = make_launch(counselor, make_context(deployment=context.deployment), roles=(INSTRUCTOR,))

    assert viewers_of(here, now()) == (Viewer.COUNSELOR, Viewer.INSTRUCTOR)
    assert viewers_of(there, now()) == (Viewer.INSTRUCTOR,)


def test_a_revoked_grant_ends_at_once() -> None:
    context = make_context()
    counselor = make_counselor(context, at=now())
    counselor.counselor_grants.update(revoked_at=now())

    assert active_grant(counselor, context, now() + timedelta(seconds=1)) is None
