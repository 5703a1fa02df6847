"""A launch from its first click to its id_token. Knows nothing of HTTP; time is given to it."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any, Final

from tests.platform import claims as c
from tests.platform.drafts import Exchange, FormDraft, LoginDraft, TokenDraft
from tests.platform.keys import KeyRing
from tests.platform.malformed import MALFORMED, Malformation
from tests.platform.people import Person
from tests.platform.tools import ResourceLink, Tool

ABSENT: Final = object()
"""As the value of an override: leave this claim out."""


@dataclass(frozen=True, slots=True)
class Launch:
    """`hint` travels as lti_message_hint and finds the launch again at the authorisation endpoint."""

    issuer: str
    tool: Tool
    person: Person
    link: ResourceLink
    target_link_uri: str
    message: c.Message = c.Message.RESOURCE_LINK
    with_names: bool = False
    with_storage: bool = True
    in_window: bool = False
    locale: str = "en"
    malformation: Malformation = MALFORMED["untouched"]
    overrides: Mapping[str, Any] = field(default_factory=dict)
    earlier: Exchange | None = None
    hint: str = field(default_factory=lambda: token_urlsafe(16))

    def login_parameters(self) -> dict[str, str]:
        draft = LoginDraft(
            {
                "iss": self.issuer,
                "login_hint": self.person.sub,
                "target_link_uri": self.target_link_uri,
                "lti_message_hint": self.hint,
                "client_id": self.tool.client_id,
                "lti_deployment_id": self.tool.deployment_id,
                **self._storage(),
            }
        )
        if self.malformation.login:
            self.malformation.login(draft)
        return draft.fields

    def id_token(self, *, nonce: str, keys: KeyRing, now: int) -> str:
        header = {"alg": keys.signing.algorithm, "typ": "JWT", "kid": keys.signing.kid}
        draft = TokenDraft(header, self._claims(nonce, now), keys.signing.sign, keys, now, self.earlier)
        if self.malformation.token:
            self.malformation.token(draft)
        return draft.encode()

    def form(self, *, request: Mapping[str, str], keys: KeyRing, now: int) -> dict[str, str]:
        """Answer the tool's authorisation request: the fields to be posted to its redirect address."""
        token = self.id_token(nonce=request["nonce"], keys=keys, now=now)
        draft = FormDraft({"id_token": token, "state": request["state"], **self._storage()}, self.earlier)
        if self.malformation.form:
            self.malformation.form(draft)
        return draft.fields

    @property
    def return_url(self) -> str:
        return f"{self.issuer}/deep-linking/{self.hint}"

    def _storage(self) -> dict[str, str]:
        return {"lti_storage_target": "_parent"} if self.with_storage else {}

    def _claims(self, nonce: str, now: int) -> dict[str, Any]:
        claims = (
            c.registered_claims(issuer=self.issuer, tool=self.tool, person=self.person, nonce=nonce, now=now)
            | c.common_claims(
                message=self.message,
                issuer=self.issuer,
                tool=self.tool,
                person=self.person,
                target_link_uri=self.target_link_uri,
                in_window=self.in_window,
                locale=self.locale,
            )
            | self._message_claims()
            | (c.name_claims(self.person) if self.with_names else {})
            | {c.claim_name(name): value for name, value in self.overrides.items()}
        )
        return {name: value for name, value in claims.items() if value is not ABSENT}

    def _message_claims(self) -> dict[str, Any]:
        match self.message:
            case c.Message.RESOURCE_LINK:
                return c.resource_link_claims(self.link, self.tool)
            case c.Message.DEEP_LINKING:
                return c.deep_linking_claims(self.return_url, data=self.hint)
            case c.Message.DATA_PRIVACY:
                return c.data_privacy_claims(self.person)


class LaunchBook:
    """Launches that have begun, the oldest forgotten first."""

    def __init__(self, capacity: int = 2000) -> None:
        self._capacity = capacity
        self._by_hint: OrderedDict[str, Launch] = OrderedDict()

    def enter(self, launch: Launch) -> Launch:
        self._by_hint[launch.hint] = launch
        while len(self._by_hint) > self._capacity:
            self._by_hint.popitem(last=False)
        return launch

    def find(self, hint: str | None) -> Launch | None:
        return self._by_hint.get(hint or "")
