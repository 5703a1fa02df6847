"""The platform itself: its keys, its tools, its course. Knows nothing of HTTP."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from tests.platform.claims import Message
from tests.platform.drafts import Exchange
from tests.platform.keys import KeyRing, PlatformKey, rs512_key, weak_key
from tests.platform.launches import Launch, LaunchBook
from tests.platform.malformed import MALFORMED, Malformation
from tests.platform.notices import NoticeBoard, copy_notice
from tests.platform.people import COURSE, PEOPLE, Person, find_person
from tests.platform.registration_office import RegistrationOffice, invited_address
from tests.platform.roster import Roster
from tests.platform.token_office import TokenOffice
from tests.platform.tool_proof import Unproven
from tests.platform.tools import COURSE_LINK, ResourceLink, Tool, preinstalled


@dataclass
class Platform:
    """`base_url` is the issuer. One tool comes installed; others arrive by dynamic registration."""

    base_url: str
    tool_url: str
    key: PlatformKey = field(default_factory=lambda: PlatformKey.generate(f"platform-{uuid4().hex[:8]}"))
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.keys = KeyRing(self.key)
        self.launches = LaunchBook()
        self.roster = Roster(PEOPLE.values())
        self.notices = NoticeBoard()
        self.tokens = TokenOffice()
        self.registrations = RegistrationOffice()
        self._nonces_of_tools: set[str] = set()
        self.links: dict[str, ResourceLink] = {COURSE_LINK.id: COURSE_LINK}
        self.tools: dict[str, Tool] = {}
        self.tool = self.install(preinstalled(self.tool_url))

    @property
    def issuer(self) -> str:
        return self.base_url

    @property
    def token_url(self) -> str:
        return f"{self.base_url}/token"

    @property
    def authorization_url(self) -> str:
        return f"{self.base_url}/authorize"

    @property
    def configuration_url(self) -> str:
        return f"{self.base_url}/.well-known/openid-configuration"

    @property
    def tool_origins(self) -> list[str]:
        return sorted({tool.origin for tool in self.tools.values()})

    def now(self) -> int:
        return int(self.clock())

    def install(self, tool: Tool) -> Tool:
        self.tools[tool.client_id] = tool
        return tool

    def registration(self) -> dict[str, Any]:
        """What the tool's administrator has to enter to know this platform."""
        return {
            "issuer": self.issuer,
            "client_id": self.tool.client_id,
            "auth_login_url": self.authorization_url,
            "token_url": self.token_url,
            "jwks_url": f"{self.base_url}/jwks",
            "deployment_id": self.tool.deployment_id,
            "frame_origins": [self.base_url],
        }

    def launch(
        self,
        person: Person | str,
        *,
        malformed: Malformation | str = "untouched",
        message: Message | None = None,
        link: ResourceLink | None = None,
        target_link_uri: str | None = None,
        tool: Tool | None = None,
        with_names: bool = False,
        with_storage: bool = True,
        in_window: bool = False,
        locale: str = "en",
        overrides: Mapping[str, Any] | None = None,
        earlier: Exchange | None = None,
    ) -> Launch:
        """Begin a launch. Its `login_parameters()` go to the tool; `answer()` makes the reply."""
        tool, link = tool or self.tool, link or COURSE_LINK
        malformation = MALFORMED[malformed] if isinstance(malformed, str) else malformed
        launch = Launch(
            issuer=self.issuer,
            tool=tool,
            person=_person(person),
            link=link,
            target_link_uri=target_link_uri or link.url or tool.target_link_uri,
            message=message or malformation.message,
            with_names=with_names,
            with_storage=with_storage,
            in_window=in_window,
            locale=locale,
            malformation=malformation,
            overrides=overrides or {},
            earlier=earlier,
        )
        return self.launches.enter(launch)

    def answer(self, launch: Launch, request: Mapping[str, str]) -> dict[str, str]:
        """The form that answers the tool's authorisation request (its query as a mapping)."""
        return launch.form(request=request, keys=self.keys, now=self.now())

    def id_token(
        self,
        person: Person | str,
        *,
        nonce: str = "nonce",
        malformed: str = "untouched",
        **overrides: object,
    ) -> str:
        """A signed token at once; overrides are claims by short name (`roles=[]`, `exp=ABSENT`)."""
        launch = self.launch(person, malformed=malformed, overrides=overrides)
        return launch.id_token(nonce=nonce, keys=self.keys, now=self.now())

    def copy_notice(
        self, context_id: str, *, origins: tuple[str, ...] = (COURSE.context_id,), **overrides: object
    ) -> str:
        """A signed notice that the course was made from others; overrides are claims by short name."""
        return copy_notice(
            issuer=self.issuer,
            tool=self.tool,
            keys=self.keys,
            now=self.now(),
            context_id=context_id,
            origins=origins,
            overrides=overrides,
        )

    def publish_questionable_keys(self) -> None:
        """Put the 1024-bit and the RS512 key in the JWKS from the start, for tools that cache it."""
        self.keys.publish(weak_key())
        self.keys.publish(rs512_key())

    def spend_nonce(self, nonce: object) -> None:
        """A signed answer of a tool serves once. Raises Unproven."""
        if not isinstance(nonce, str) or not nonce or nonce in self._nonces_of_tools:
            raise Unproven("the nonce is missing or was used before")
        self._nonces_of_tools.add(nonce)

    def open_registration(self, address: str) -> str:
        """Where the administrator's browser goes once the tool's registration address was pasted."""
        return invited_address(
            address, configuration_url=self.configuration_url, token=self.registrations.invite()
        )

    def place(self, link: ResourceLink) -> ResourceLink:
        self.links[link.id] = link
        return link

    def share_names(self) -> None:
        """Tell the pre-installed tool who people are, at launches and in the roster."""
        self.tool = self.install(replace(self.tool, names_shared=True))
        self.roster.names_shared = True

    def install_again(self, tool_url: str) -> Tool:
        """Point the pre-installed tool at another address, when that is known only later."""
        self.tool_url = tool_url
        self.tool = self.install(
            replace(preinstalled(tool_url), custom=self.tool.custom, names_shared=self.tool.names_shared)
        )
        return self.tool


def _person(person: Person | str) -> Person:
    found = find_person(person) if isinstance(person, str) else person
    if found is None:
        raise LookupError(f"nobody in the course is called {person!r}")
    return found
