"""The services that tests are given are real ones."""

import psycopg
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError, ResponseError

pytestmark = pytest.mark.integration


def test_the_broker_keeps_what_it_is_given(redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        client.set("word", "kept", ex=5)
        assert client.get("word") == b"kept"


def test_the_broker_lets_nobody_in_without_its_password(redis_url: str) -> None:
    address = "redis://" + redis_url.split("@")[1]
    with Redis.from_url(address) as client, pytest.raises((AuthenticationError, ResponseError)):
        client.ping()


def test_the_database_is_postgresql(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("select version()").fetchone()
    assert row is not None
    assert row[0].startswith("PostgreSQL")
