"""Who we are to a platform's services."""

from datetime import datetime
from typing import Any

from lti_tool.lti.advantage.tokens import Client
from lti_tool.lti.models import Registration
from lti_tool.lti.quirks.services import token_audience
from lti_tool.lti.services.keys import sign_as_tool


def client_of(registration: Registration, *, at: datetime) -> Client:
    """The platform's name for us, its token address, and our signature."""

    def sign(claims: dict[str, Any]) -> str:
        return sign_as_tool(claims=claims, at=at)

    audience = token_audience(registration.token_url)
    return Client(registration.client_id, registration.token_url, audience, sign)
