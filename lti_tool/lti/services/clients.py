"""Who we are to a platform's services."""

from datetime import datetime
from functools import partial

from lti_tool.lti.advantage.tokens import Client
from lti_tool.lti.models import Registration
from lti_tool.lti.services.keys import sign


def client_of(registration: Registration, *, at: datetime) -> Client:
    """The platform's name for us, its token address, and our signature."""
    return Client(registration.client_id, registration.token_url, partial(sign, at=at))
