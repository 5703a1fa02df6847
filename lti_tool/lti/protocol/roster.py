"""The roster as Names and Roles 2.0 tells it. Knows nothing of HTTP; confers and takes away no access."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from lti_tool.domain.access import Viewer, viewers
from lti_tool.lti.protocol import claims as c
from lti_tool.lti.protocol.addresses import service_address
from lti_tool.lti.protocol.parties import origin_of
from lti_tool.lti.protocol.reading import is_identifier, mapping

_LINK: Final = re.compile(r"<([^>]*)>\s*((?:;\s*[^,;]+)*)")
_NEXT: Final = re.compile(r";\s*rel\s*=\s*\"?next\"?\s*(;|$)", re.IGNORECASE)


class RosterUnreadable(ValueError):
    """A page of the roster that is not what the specification says. The text is safe to log."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the course list, as far as we look: no name and no address is read."""

    sub: str
    roles: frozenset[str]
    active: bool

    @property
    def learns(self) -> bool:
        """A student of the course, and not one who teaches it, too."""
        return viewers(tuple(self.roles), has_grant=False) == (Viewer.STUDENT,)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody on the course list."""

    members: tuple[Member, ...]

    @property
    def present(self) -> frozenset[str]:
        """Whoever is on the list and not suspended there, in whichever role."""
        return frozenset(member.sub for member in self.members if member.active)

    @property
    def class_size(self) -> int:
        """How many active learners."""
        return len({member.sub for member in self.members if member.active and member.learns})


def memberships_url_of(claims: c.Claims) -> str:
    """Where the platform offers the roster of this course; empty where it does not, in a way we know."""
    offered = mapping(claims.get(c.NAMES_AND_ROLES)) or {}
    versions = offered.get("service_versions", ["2.0"])
    speaks_ours = isinstance(versions, list) and "2.0" in versions
    return service_address(offered.get("context_memberships_url")) if speaks_ours else ""


def members_of(document: object, *, role_separator: str = "") -> Iterator[Member]:
    """The members of one page. Raises RosterUnreadable; a member without a name for itself is passed over.

    role_separator: what stands between the roles of one person on a platform that joins them into one text.
    """
    container = mapping(document)
    members = container.get("members") if container else None
    if not isinstance(members, list):
        raise RosterUnreadable("a page of the roster has no list of members")
    for entry in members:
        member = mapping(entry) or {}
        if is_identifier(sub := member.get("user_id")):
            # The status may be left out, and then means active (2.2).
            active = member.get("status") in (None, "Active")
            yield Member(str(sub), _roles(member.get("roles"), role_separator), active)


def next_page(link_header: str, *, after: str) -> str:
    """The address of the page after `after`; empty when that was the last.

    Raises RosterUnreadable when it lies on another host: our access token must not go there.
    """
    for address, parameters in _LINK.findall(link_header):
        if _NEXT.search(parameters):
            following = _joined(after, address)
            if origin_of(following) != origin_of(after):
                raise RosterUnreadable("the next page of the roster lies on another host")
            return following
    return ""


def _joined(base: str, address: str) -> str:
    try:
        return str(urljoin(base, address))
    except ValueError:
        raise RosterUnreadable("the next page of the roster has no address") from None


def _roles(value: object, separator: str) -> frozenset[str]:
    texts = [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
    single = (role for text in texts for role in (text.split(separator) if separator else [text]))
    return frozenset(filter(is_identifier, single))
