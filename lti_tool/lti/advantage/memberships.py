"""Names and Roles 2.0: ask a platform who is on a course list, page by page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from lti_tool.lti.advantage.answers import document_of
from lti_tool.lti.advantage.authorized import ask_as
from lti_tool.lti.advantage.errors import ServiceUnreadable
from lti_tool.lti.advantage.tokens import Client
from lti_tool.lti.protocol.roster import Member, Roster, RosterUnreadable, members_of, next_page
from lti_tool.lti.protocol.scopes import ROSTER

MEDIA_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
MAX_PAGES: Final = 500


def fetch_roster(client: Client, url: str, *, role_separator: str = "", at: datetime) -> Roster:
    """Everybody on the list behind `url`, or an error: half a list would look as if people had left.

    Raises PlatformSilent, PlatformBusy, ServiceRefused, ServiceUnreadable.
    """
    try:
        return Roster(tuple(_members(client, url, role_separator, at)))
    except RosterUnreadable as problem:
        raise ServiceUnreadable from problem


def _members(client: Client, url: str, role_separator: str, at: datetime) -> Iterator[Member]:
    for _ in range(MAX_PAGES):
        answer = ask_as(client, url, scope=ROSTER, accept=MEDIA_TYPE, at=at)
        yield from members_of(document_of(answer), role_separator=role_separator)
        url = next_page(answer.headers.get("Link", ""), after=url)
        if not url:
            return
    raise RosterUnreadable("the roster has no end")
