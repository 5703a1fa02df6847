"""A running platform that the tool knows, and a browser that goes between the two."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Context, Registration
from tests.conformance.visitor import Visitor
from tests.factories.platforms import make_activation, make_context, make_deployment, make_registration
from tests.platform.people import COURSE
from tests.platform.platform import Platform
from tests.platform.server import run_platform


@pytest.fixture(scope="session")
def running_platform() -> Iterator[Platform]:
    with run_platform(settings.PUBLIC_URL) as platform:
        yield platform


@pytest.fixture
def registration(running_platform: Platform, db: None) -> Registration:
    """The platform on record, its deployment approved; its keys not fetched yet."""
    cache.clear()
    facts = running_platform.registration()
    deployment_id = facts.pop("deployment_id")
    registration = services.register_platform(**facts, at=now())
    services.approve_deployment(registration=registration, deployment_id=deployment_id, at=now())
    return registration


@pytest.fixture
def visitor(running_platform: Platform, registration: Registration) -> Visitor:
    host = urlsplit(settings.PUBLIC_URL).netloc
    return Visitor(Client(headers={"host": host}, raise_request_exception=False), running_platform)


@pytest.fixture
def platform(live_server: LiveServer) -> Iterator[Platform]:
    """A platform that can ask the running tool for its keys, as it must before it serves it."""
    cache.clear()
    with run_platform(live_server.url) as platform:
        yield platform


@pytest.fixture
def course(platform: Platform) -> Context:
    """The platform's course on record, with the address of its list."""
    facts = platform.registration()
    deployment = make_deployment(
        deployment_id=facts.pop("deployment_id"), registration=make_registration(**facts)
    )
    make_activation(deployment)
    return make_context(
        deployment=deployment,
        context_id=COURSE.context_id,
        memberships_url=f"{platform.issuer}/nrps/{COURSE.context_id}/memberships",
    )
