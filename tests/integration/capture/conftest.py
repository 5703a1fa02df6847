"""Houses for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.capture.house import House, StudentBrowser, open_house


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, redis_url: str, tmp_path: Path) -> Iterator[House]:
    """A house on either database. Its broker is emptied first."""
    yield from _house(request, redis_url, tmp_path, kind=request.param)


@pytest.fixture
def postgres_house(request: pytest.FixtureRequest, redis_url: str, tmp_path: Path) -> Iterator[House]:
    """A house whose tables a test can lock, so that a worker stands still in its work."""
    yield from _house(request, redis_url, tmp_path, kind="postgresql")


@pytest.fixture
def student(house: House) -> StudentBrowser:
    """A consenting student with a running session."""
    browser = StudentBrowser.enter(house)
    browser.start()
    return browser


def _house(request: pytest.FixtureRequest, redis_url: str, folder: Path, *, kind: str) -> Iterator[House]:
    from redis import Redis

    Redis.from_url(redis_url).flushall()
    if kind == "sqlite":
        database_url = f"sqlite:///{folder / 'attune.sqlite3'}"
    else:
        database_url = request.getfixturevalue("postgres_url")
    with open_house(folder, redis_url=redis_url, database_url=database_url) as house:
        yield house
