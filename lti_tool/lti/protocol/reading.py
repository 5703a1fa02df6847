"""Read single claims of unknown shape. Knows which shapes are safe to keep, not which claims there are."""

import math
from collections.abc import Mapping
from typing import Final

from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

MAX_FAMILY: Final = 80
MAX_CHARACTERS: Final = 255
"""LTI Core allows `sub`, deployment, context and resource link ids this long."""


def identifier(value: object, *, missing: Reason, malformed: Reason) -> str:
    """A printable text of 1 to 255 characters."""
    if value is None or value == "":
        raise LaunchRefused(missing)
    if not is_identifier(value):
        raise LaunchRefused(malformed)
    return str(value)


def is_identifier(value: object) -> bool:
    """True for a text that a database can keep and find again: no control characters, no half surrogates."""
    return isinstance(value, str) and 0 < len(value) <= MAX_CHARACTERS and value.isprintable()


def free_text(value: object) -> str:
    """A title or name cut to what we keep; empty for anything that is not text, such as a blocked field."""
    if not isinstance(value, str):
        return ""
    return "".join(character for character in value if character.isprintable())[:MAX_CHARACTERS]


def family_in(platform: Mapping[str, object]) -> str:
    """The product family in a platform's description of itself; empty where it names none."""
    return free_text(platform.get("product_family_code"))[:MAX_FAMILY]


def number(value: object) -> float | None:
    """A point in time in seconds, if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return seconds if math.isfinite(seconds) else None


def mapping(value: object) -> Mapping[str, object] | None:
    """A JSON object, if it is one."""
    return value if isinstance(value, dict) else None
