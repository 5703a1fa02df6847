"""A running platform whose course list the running tool may read: each asks the other over HTTP."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django.live_server_helper import LiveServer

from lti_tool.lti.models import Context
from tests.factories.platforms import make_activation, make_context, make_deployment, make_registration
from tests.platform.people import COURSE
from tests.platform.platform import Platform
from tests.platform.server import run_platform


@pytest.fixture
def platform(live_server: LiveServer) -> Iterator[Platform]:
    cache.clear()
    with run_platform(live_server.url) as platform:
        yield platform


@pytest.fixture
def course(platform: Platform) -> Context:
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
