"""Who may be named in the audit, and how: by pseudonym, number or code, never in words of their own."""

import re
from typing import Final

from django.utils.crypto import salted_hmac

_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PSEUDONYM: Final = re.compile(
    rf"{_UUID}|system|administrator(?::[0-9a-f]{{16}})?|[a-z]+(?:-[a-z]+)*:(?:\d+|{_UUID})"
)
# What and which: a kind of thing with its number, UUID or key id, and perhaps one thing more that lies in it.
_KIND: Final = r"[a-z]+(?:-[a-z]+)*"
_PLACE: Final = re.compile(rf"{_KIND}(?::(?:\d+|[0-9a-f]{{16}}|{_UUID}))?(?::{_UUID}|:{_KIND}:\d+)?")
# One of our own codes, a hash or a number: "own_record", "camera+counselor", "invitation:7", "at once".
_CODE: Final = re.compile(r"|[0-9a-f]{64}|\d+|[a-z][a-z_]*(?:[ +][a-z][a-z_]*){0,4}(?::\d+)?")
_SALT: Final = "attune.audit.actor"


def pseudonym_of(actor: str) -> str:
    """The actor as an entry names them. An administrator's account name becomes a keyed hash of it."""
    if _PSEUDONYM.fullmatch(actor):
        return actor
    return f"administrator:{salted_hmac(_SALT, actor, algorithm='sha256').hexdigest()[:16]}"


def require_place(subject: str) -> None:
    """Pass only what could name no person. Raises ValueError, without a word of the text."""
    if not _PLACE.fullmatch(subject):
        raise ValueError("An audit subject is a kind and its number, UUID or key id.")


def require_code(purpose: str) -> None:
    """Pass only our own codes and numbers. Raises ValueError, without a word of the text."""
    if not _CODE.fullmatch(purpose):
        raise ValueError("An audit purpose is one of our own codes, or a number.")
