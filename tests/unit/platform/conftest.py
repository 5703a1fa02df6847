"""A platform and a tool in miniature, each on its own site and port."""

from collections.abc import Iterator

import httpx
import pytest

from tests.platform.platform import Platform
from tests.platform.server import run_platform
from tests.unit.platform.relying_party import RelyingParty
from tests.unit.platform.served_party import run_relying_party


@pytest.fixture(scope="module")
def party() -> Iterator[RelyingParty]:
    with run_relying_party() as party:
        yield party


@pytest.fixture(scope="module")
def platform(party: RelyingParty) -> Iterator[Platform]:
    with run_platform(party.base_url) as platform:
        party.registration = platform.registration()
        yield platform


@pytest.fixture(scope="module")
def connection(platform: Platform) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=platform.base_url) as client:
        yield client


@pytest.fixture
def http(connection: httpx.Client) -> httpx.Client:
    """A browser without cookies yet."""
    connection.cookies.clear()
    return connection
