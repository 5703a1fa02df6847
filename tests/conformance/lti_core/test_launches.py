"""A good launch from the platform's click to a page of ours, and what is remembered of it."""

from datetime import timedelta

import pytest
from django.conf import settings

from lti_tool.lti.models import Context, Launch, PlatformUser, Registration
from tests.conformance.visitor import Visitor
from tests.platform.people import COURSE


@pytest.mark.spec("LTI 1.3 Core", "5.3")
def test_a_launch_remembers_person_course_link_and_roles(visitor: Visitor) -> None:
    response = visitor.launch("student")

    launch = Launch.objects.select_related("user", "context", "resource_link").get()
    assert response.headers["Location"] == f"/l/{launch.public_id}/"
    assert launch.user.sub == "student-01"
    assert launch.context.title == COURSE.title
    assert launch.resource_link is not None
    assert launch.resource_link.resource_link_id == "link-attune"
    assert launch.roles == list(visitor.platform.launch("student").person.roles)
    assert launch.expires_at - launch.created_at == timedelta(seconds=settings.LAUNCH_SECONDS)


def test_a_second_launch_finds_everything_again_and_corrects_titles(visitor: Visitor) -> None:
    visitor.launch("student")
    visitor.launch(
        "student", overrides={"context": {"id": COURSE.context_id, "title": "Statistics, renamed"}}
    )

    assert PlatformUser.objects.count() == 1
    assert Context.objects.get().title == "Statistics, renamed"


@pytest.mark.spec("LTI 1.3 Core", "5.4.2")
def test_links_outside_of_any_course_share_nothing(visitor: Visitor) -> None:
    for link in ("one", "two"):
        visitor.launch("student", overrides={"context": None, "resource_link": {"id": link}})

    assert Context.objects.count() == 2


def test_roles_are_taken_from_each_launch(visitor: Visitor) -> None:
    visitor.launch("instructor")
    visitor.launch("instructor", overrides={"roles": ["Learner"]})

    assert [launch.roles for launch in Launch.objects.order_by("pk")][1] == ["Learner"]
    assert PlatformUser.objects.count() == 1


def test_the_platforms_family_is_learnt_where_nobody_entered_it(
    visitor: Visitor, registration: Registration
) -> None:
    visitor.launch()
    registration.refresh_from_db()
    assert registration.product_family == "attune-demo"

    Registration.objects.update(product_family="moodle")
    visitor.launch()
    registration.refresh_from_db()
    assert registration.product_family == "moodle"
