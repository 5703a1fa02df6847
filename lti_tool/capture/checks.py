"""System checks: pictures never wait longer than people were told. Knows the setting and the promise."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error

from lti_tool.domain.retention import LIFETIMES, Kind

LONGEST_S = int(LIFETIMES[Kind.FRAMES_IN_SPOOL].total_seconds())
HINT = f"Set ATTUNE_SPOOL_MAX_SECONDS to a number from 1 to {LONGEST_S}: the consent text promises no more."


def spool_keeps_its_promise(**_: object) -> Sequence[CheckMessage]:
    """capture.E001: pictures could wait longer than the consent text says, or not at all."""
    if 1 <= settings.SPOOL_MAX_SECONDS <= LONGEST_S:
        return []
    return [Error(f"Pictures may wait {settings.SPOOL_MAX_SECONDS} s.", hint=HINT, id="capture.E001")]
