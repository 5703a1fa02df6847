"""A request with an access token. Earns another one, once, when the platform has ended the one we kept."""

from datetime import datetime
from typing import Final

from lti_tool.core.http import Answer, ask
from lti_tool.lti.advantage.answers import checked
from lti_tool.lti.advantage.tokens import Client, access_token, forget_token

UNAUTHORIZED: Final = 401


def ask_as(
    client: Client,
    url: str,
    *,
    scope: str,
    at: datetime,
    method: str = "",
    accept: str = "application/json",
    document: object = None,
) -> Answer:
    """A good answer. Raises PlatformSilent, PlatformBusy, ServiceRefused, ServiceUnreadable."""

    def attempt() -> Answer:
        token = access_token(client, scope, at=at)
        return ask(url, method=method, bearer=token, accept=accept, document=document)

    answer = attempt()
    if answer.status == UNAUTHORIZED:
        forget_token(client, scope)
        answer = attempt()
    return checked(answer)
