"""Names and Roles 2.0: ask a platform who is on a course list, page by page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from lti_tool.core.http import Answer, ask
from lti_tool.lti.advantage.answers import checked
from lti_tool.lti.advantage.errors import ServiceUnreadable
from lti_tool.lti.advantage.tokens import Client, access_token, forget_token
from lti_tool.lti.protocol.roster import Member, Roster, RosterUnreadable, members_of, next_page

SCOPE: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
MEDIA_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MAX_PAGES: Final = 500
UNAUTHORIZED: Final = 401


def fetch_roster(client: Client, url: str, *, at: datetime) -> Roster:
    """Everybody on the list behind `url`, or an error: half a list would look as if people had left.

    Raises PlatformSilent, PlatformBusy, ServiceRefused, ServiceUnreadable.
    """
    try:
        return Roster(tuple(_members(client, url, at)))
    except RosterUnreadable as problem:
        raise ServiceUnreadable from problem


def _members(client: Client, url: str, at: datetime) -> Iterator[Member]:
    for _ in range(MAX_PAGES):
        answer = _page(client, url, at)
        yield from members_of(answer.json())
        url = next_page(answer.headers.get("Link", ""), after=url)
        if not url:
            return
    raise RosterUnreadable("the roster has no end")


def _page(client: Client, url: str, at: datetime) -> Answer:
    answer = _asked(client, url, at)
    if answer.status == UNAUTHORIZED:
        # A platform may end a token early, at its own restart for example: earn another, once.
        forget_token(client, SCOPE)
        answer = _asked(client, url, at)
    return checked(answer)


def _asked(client: Client, url: str, at: datetime) -> Answer:
    token = access_token(client, SCOPE, at=at)
    return ask(url, headers={"Authorization": f"Bearer {token}", "Accept": MEDIA_TYPE})
