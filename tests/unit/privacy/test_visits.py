"""Traces of visits go when they are of no more use."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from lti_tool.core import clock
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import DeepLinkingRequest, Launch
from lti_tool.privacy import services as privacy
from lti_tool.privacy import tasks
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_launch_goes_a_while_after_it_ran_out() -> None:
    context = make.make_context()
    launch = make.make_launch(make.make_student(context), context)
    over = launch.expires_at + LIFETIMES[Kind.LAUNCH]

    assert privacy.delete_old_visits(at=over - timedelta(seconds=1)) == 0
    assert privacy.delete_old_visits(at=over) == 1
    assert not Launch.objects.exists()


def test_what_a_platform_asked_of_an_author_goes_with_its_hour() -> None:
    context = make.make_context()
    launch = make.make_launch(make.make_instructor(context), context)
    asked = DeepLinkingRequest.objects.create(launch=launch, sealed=b"", expires_at=launch.created_at)

    privacy.delete_old_visits(at=asked.expires_at - timedelta(seconds=1))
    assert DeepLinkingRequest.objects.exists()
    privacy.delete_old_visits(at=asked.expires_at)
    assert not DeepLinkingRequest.objects.exists()


def test_a_browser_session_goes_once_it_ran_out() -> None:
    context = make.make_context()
    old, new = (make.enter(make.make_student(context), context) for _ in range(2))
    yesterday = clock.now() - timedelta(days=1)
    Session.objects.filter(pk=old.session.session_key).update(expire_date=yesterday)

    tasks.delete_old_visits()

    assert [session.pk for session in Session.objects.all()] == [new.session.session_key]
