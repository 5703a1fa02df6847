"""What a platform says, heard by the verifier at a fixed time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lti_tool.lti.protocol.claims import VerifiedLaunch
from lti_tool.lti.protocol.parties import Expected
from lti_tool.lti.protocol.verify import verify
from tests.platform.platform import Platform


@dataclass(frozen=True)
class Voice:
    platform: Platform
    expected: Expected
    now: datetime

    def find_key(self, kid: str) -> dict[str, Any] | None:
        keys = {key["kid"]: key for key in self.platform.keys.jwks()["keys"]}
        return keys.get(kid)

    def hear(self, token: str, *, later: timedelta = timedelta()) -> VerifiedLaunch:
        return verify(token, expected=self.expected, find_key=self.find_key, at=self.now + later)

    def say(self, person: str = "student", **overrides: Any) -> VerifiedLaunch:  # noqa: ANN401
        return self.hear(self.platform.id_token(person, nonce="nonce", **overrides))
