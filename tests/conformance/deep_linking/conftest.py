"""A served tool and a served platform that know each other."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lti_tool.core.clock import now
from lti_tool.lti import services
from tests.conformance.deep_linking.author import Author, browser_with_cookies
from tests.platform.keys import PlatformKey
from tests.platform.server import run_platform


@pytest.fixture(scope="session")
def platform_key() -> PlatformKey:
    return PlatformKey.generate("deep-linking")


@pytest.fixture
def author(live_server: LiveServer, settings: Settings, platform_key: PlatformKey) -> Iterator[Author]:
    cache.clear()
    settings.PUBLIC_URL = live_server.url
    with run_platform(live_server.url, key=platform_key) as platform, browser_with_cookies() as http:
        facts = platform.registration()
        deployment_id = facts.pop("deployment_id")
        registration = services.register_platform(**facts, at=now())
        services.approve_deployment(registration=registration, deployment_id=deployment_id, at=now())
        yield Author(platform, http)
