"""A platform's voice without its server: it signs tokens, and its keys are found without a network."""

from datetime import UTC, datetime

import pytest

from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.parties import Expected
from tests.platform.platform import Platform
from tests.unit.lti.voices import Voice

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOOL = "http://localhost:8000"


@pytest.fixture(scope="session")
def platform() -> Platform:
    return Platform("https://platform.example", TOOL, clock=NOW.timestamp)


@pytest.fixture
def voice(platform: Platform) -> Voice:
    expected = Expected(
        issuer=platform.issuer,
        client_id=platform.tool.client_id,
        nonce_hash=hash_of("nonce"),
        target_link_uri=platform.tool.target_link_uri,
        tool_origin=TOOL,
    )
    return Voice(platform, expected, NOW)
