"""Names and Roles 2.0: who is in the course, page by page. Knows nothing of HTTP or tokens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tests.platform.people import TEACHING_ASSISTANT, TEST_USER, Person

SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"


class Dialect(Enum):
    """SPEC names roles in full. SHORT does as Moodle: short names, and assistants listed as learners.

    JOINED does as Sakai: the short and the full names of all roles in one text.
    """

    SPEC = "spec"
    SHORT = "short"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Page:
    members: tuple[Person, ...]
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that a busy or broken platform gives instead of the roster."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


TOO_MANY_REQUESTS = Trouble(429, "", {"Retry-After": "2"})
HTML_NOT_FOUND = Trouble(404, "<!doctype html><title>Not found</title>", {"Content-Type": "text/html"})


class Roster:
    """Tests may suspend people, change the dialect, or put `trouble` in place of the next answers."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(person for person in people if person is not TEST_USER)
        self.suspended: set[str] = set()
        self.dialect = Dialect.SPEC
        self.names_shared = False
        self.trouble: list[Trouble] = []

    def page(self, *, role: str | None, offset: int, limit: int) -> Page:
        present = [person for person in self._people if person.sub not in self.suspended]
        asked = [person for person in present if role is None or _has_role(person, role)]
        beyond = offset + limit
        return Page(tuple(asked[offset:beyond]), beyond if beyond < len(asked) else None)

    def describe(self, person: Person) -> dict[str, Any]:
        names = {
            "name": person.name,
            "given_name": person.given_name,
            "family_name": person.family_name,
            "email": person.email,
        }
        return {
            "status": "Active",
            "user_id": person.sub,
            "roles": self._roles(person),
            **(names if self.names_shared else {}),
        }

    def _roles(self, person: Person) -> list[str]:
        if self.dialect is Dialect.SPEC:
            return list(person.roles)
        if self.dialect is Dialect.JOINED:
            return [",".join([*map(short_role, person.roles), *person.roles])]
        if TEACHING_ASSISTANT in person.roles:
            return ["Learner"]
        return sorted({short_role(role) for role in person.roles if "membership" in role})


def short_role(role: str) -> str:
    return role.rsplit("#", 1)[-1]


def _has_role(person: Person, role: str) -> bool:
    return any(role in (held, short_role(held)) for held in person.roles)
