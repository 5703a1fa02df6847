"""Keyrings of each kind, set as an installation sets them: by the environment."""

import base64
from collections.abc import Callable, Iterator

import pytest

from lti_tool.vault import proof
from tests.transit import TransitServer, running_transit

SetUp = Callable[..., str]
SETTINGS = (
    "ATTUNE_KEYRING",
    "ATTUNE_KEK",
    "ATTUNE_KEK_FILE",
    "ATTUNE_KEK_FILE_SHARED",
    "ATTUNE_TRANSIT_URL",
    "ATTUNE_TRANSIT_TOKEN",
    "ATTUNE_TRANSIT_TOKEN_FILE",
)


def encoded(fill: bytes) -> str:
    return base64.b64encode(fill * 32).decode()


ONE, TWO = encoded(b"1"), encoded(b"2")


@pytest.fixture(autouse=True)
def known_proofs(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What this process remembers of proofs: nothing at first, as each test has a database of its own."""
    known: dict[str, object] = {}
    monkeypatch.setattr(proof, "_proven", known)
    return known


@pytest.fixture
def kek(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which nothing about keys is set."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def transit_server() -> Iterator[TransitServer]:
    with running_transit() as server:
        yield server


@pytest.fixture
def transit(kek: pytest.MonkeyPatch, transit_server: TransitServer) -> TransitServer:
    """A server that keeps the keys, with a token of Attune's own policy."""
    kek.setenv("ATTUNE_KEYRING", "transit")
    kek.setenv("ATTUNE_TRANSIT_URL", transit_server.url)
    kek.setenv("ATTUNE_TRANSIT_TOKEN", transit_server.issue_token())
    kek.setenv("ATTUNE_TRANSIT_SECONDS", "1")
    return transit_server
