"""A launch on its way out, open to be changed before it is sent. Knows nothing of which change is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.platform.keys import KeyRing, Signer, compact


@dataclass(frozen=True, slots=True)
class Exchange:
    """One launch as it went over the wire: what the tool asked for and what it was answered."""

    request: Mapping[str, str]
    form: Mapping[str, str]


@dataclass(slots=True)
class TokenDraft:
    """An id_token before signing. `claims` is a dict until somebody makes it worse."""

    header: dict[str, Any]
    claims: Any
    sign: Signer
    keys: KeyRing
    now: int
    earlier: Exchange | None = None

    def encode(self) -> str:
        return compact(self.header, self.claims, self.sign)

    def required_earlier(self) -> Exchange:
        return _required(self.earlier)


@dataclass(slots=True)
class FormDraft:
    """The fields that the browser will post to the tool's launch address."""

    fields: dict[str, str]
    earlier: Exchange | None = None

    def required_earlier(self) -> Exchange:
        return _required(self.earlier)


@dataclass(slots=True)
class LoginDraft:
    """The parameters of the third-party login initiation."""

    fields: dict[str, str] = field(default_factory=dict)


def _required(earlier: Exchange | None) -> Exchange:
    if earlier is None:
        raise ValueError("this malformation repeats parts of an earlier launch; give it one")
    return earlier
