"""What a platform family may want beyond the specifications. Names no family."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from lti_tool.lti.protocol.registration_document import Document


class Amend(Protocol):
    """From a registration by the specification to the one that a family needs."""

    def __call__(self, document: Document, *, names: bool) -> Document: ...


def _unchanged(document: Document, *, names: bool) -> Document:
    return document


def _for_nobody_else(host: str, issuer: str) -> bool:
    return False


def _nowhere_else(issuer: str) -> list[str]:
    return []


def _to_the_address_itself(token_url: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Quirks:
    """One family. Every default is what the specifications say.

    What a platform calls itself chooses how it is written to and read. Whom to trust, and where our proof
    goes, is chosen by addresses only: anybody can call themselves anything.
    """

    name: str
    """As its administrators call it."""
    codes: frozenset[str] = frozenset()
    """Its words for itself (`product_family_code`), in lower case."""

    # Chosen by what the platform calls itself
    amended: Amend = _unchanged
    role_separator: str = ""
    """What stands between several roles of one person in a course list that joins them into one text."""

    # Chosen by address
    speaks_for: Callable[[str, str], bool] = _for_nobody_else
    """Whether a host describes an issuer that is not its own."""
    more_origins: Callable[[str], list[str]] = _nowhere_else
    """Where pages of this issuer live beyond its own address."""
    token_audience: Callable[[str], str] = _to_the_address_itself
    """Whom our proof is addressed to at this token address; empty: to the address itself."""

    # For administrators: marked for translators, and translated where they are shown
    by_hand: tuple[str, ...] = ()
    """How the tool is added without a registration link."""
    after_registering: tuple[str, ...] = ()
    """What is left to do in the platform when a registration link was used."""
    worth_knowing: tuple[str, ...] = ()
    """What our own administrator should know of such a platform."""


PLAIN = Quirks(name="")
"""A platform of no known family: all by the specifications."""
