"""A running platform that the tool knows, and a browser that goes between the two."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Registration
from tests.conformance.visitor import Visitor
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
