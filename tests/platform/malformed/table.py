"""The shape of a malformation and the table they are entered in. Knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from tests.platform.claims import Message
from tests.platform.drafts import FormDraft, LoginDraft, TokenDraft

LoginChange = Callable[[LoginDraft], None]
TokenChange = Callable[[TokenDraft], None]
FormChange = Callable[[FormDraft], None]


class Verdict(Enum):
    REFUSED = "refused"
    ACCEPTED = "accepted"


class Earlier(Enum):
    """How far another launch of the same browser must have come before this one."""

    NONE = "none"
    STARTED = "started"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Malformation:
    name: str
    verdict: Verdict
    why: str
    message: Message = Message.RESOURCE_LINK
    earlier: Earlier = Earlier.NONE
    without_cookies: bool = False
    login: LoginChange | None = None
    token: TokenChange | None = None
    form: FormChange | None = None


MALFORMED: dict[str, Malformation] = {}


def in_login(verdict: Verdict, why: str) -> Callable[[LoginChange], LoginChange]:
    def enter(change: LoginChange) -> LoginChange:
        _enter(Malformation(_name(change), verdict, why, login=change))
        return change

    return enter


def in_token(
    verdict: Verdict,
    why: str,
    *,
    message: Message = Message.RESOURCE_LINK,
    earlier: Earlier = Earlier.NONE,
) -> Callable[[TokenChange], TokenChange]:
    def enter(change: TokenChange) -> TokenChange:
        _enter(Malformation(_name(change), verdict, why, message, earlier, token=change))
        return change

    return enter


def in_form(
    verdict: Verdict,
    why: str,
    *,
    earlier: Earlier = Earlier.NONE,
    without_cookies: bool = False,
) -> Callable[[FormChange], FormChange]:
    def enter(change: FormChange) -> FormChange:
        _enter(
            Malformation(
                _name(change), verdict, why, earlier=earlier, without_cookies=without_cookies, form=change
            )
        )
        return change

    return enter


def _name(change: Callable[..., None]) -> str:
    return str(getattr(change, "__name__", change))


def _enter(malformation: Malformation) -> None:
    if malformation.name in MALFORMED:
        raise ValueError(f"two malformations are called {malformation.name}")
    MALFORMED[malformation.name] = malformation
