"""Platform Notification Service 1.0: ask a platform to tell us of something."""

from datetime import datetime

from lti_tool.lti.advantage.authorized import ask_as
from lti_tool.lti.advantage.tokens import Client
from lti_tool.lti.protocol.scopes import NOTICES


def ask_for_notices(client: Client, url: str, *, kind: str, handler: str, at: datetime) -> None:
    """Have notices of this kind sent to `handler`, an address of ours.

    Raises PlatformSilent, PlatformBusy, ServiceRefused, ServiceUnreadable.
    """
    wish = {"notice_type": kind, "handler": handler}
    ask_as(client, url, scope=NOTICES, at=at, method="PUT", document=wish)
