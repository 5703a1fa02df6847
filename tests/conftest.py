"""Fixtures that start real services. Knows nothing of any room; a room's helpers live in tests/factories."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

# How long an example takes says how busy the machine is, not whether the claim holds.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Take the audit's guard away: tests empty their tables, and tamper with them. Its own tests fit it."""
    from django.db import connection

    from lti_tool.audit import guard

    with django_db_blocker.unblock():
        guard.remove(connection)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language behind in the thread: the next test would go on in it."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker of our own, into which the settings and the Celery application are pointed."""
    from django.conf import settings

    from deploy.demo.broker import running_broker
    from lti_tool.celery import app

    with running_broker(tmp_path_factory.mktemp("broker")) as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "REDIS_URL", url)
        patch.setattr(settings, "SPOOL_URL", url)
        patch.setitem(settings.CELERY, "broker_url", url)
        app.conf.update(broker_url=url)
        yield url


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """A PostgreSQL cluster of these tests' own."""
    from tests.postgres import running_cluster

    with running_cluster() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_cluster: str) -> str:
    """An empty PostgreSQL database, whatever was tried in the cluster before."""
    from tests.postgres import empty_database

    return empty_database(postgres_cluster)
