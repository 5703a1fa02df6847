"""System checks: pictures never wait longer than people were told, and a worker can measure them.

Knows the settings and the promise. Opens nothing of `inference`: the web process runs these checks, too.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error

from lti_tool.capture.limits import BATCH_SNIPPETS_MAX
from lti_tool.domain.retention import LIFETIMES, Kind

LONGEST_S = int(LIFETIMES[Kind.FRAMES_IN_SPOOL].total_seconds())
HINT = f"Set ATTUNE_SPOOL_MAX_SECONDS to a number from 1 to {LONGEST_S}: the consent text promises no more."

RUNTIMES = ("litert", "keras")


def spool_keeps_its_promise(**_: object) -> Sequence[CheckMessage]:
    """capture.E001: pictures could wait longer than the consent text says, or not at all."""
    if 1 <= settings.SPOOL_MAX_SECONDS <= LONGEST_S:
        return []
    return [Error(f"Pictures may wait {settings.SPOOL_MAX_SECONDS} s.", hint=HINT, id="capture.E001")]


def runtime_is_known(**_: object) -> Sequence[CheckMessage]:
    """capture.E002: no runtime of that name runs the network."""
    if settings.INFERENCE_RUNTIME in RUNTIMES:
        return []
    hint = f"Set ATTUNE_INFERENCE_RUNTIME to one of: {', '.join(RUNTIMES)}."
    return [Error(f"There is no runtime {settings.INFERENCE_RUNTIME!r}.", hint=hint, id="capture.E002")]


def batch_is_bounded(**_: object) -> Sequence[CheckMessage]:
    """capture.E003: no snippet would be measured in a call, or so many that results come late."""
    if 1 <= settings.BATCH_SNIPPETS <= BATCH_SNIPPETS_MAX:
        return []
    hint = f"Set ATTUNE_BATCH_SNIPPETS to a number from 1 to {BATCH_SNIPPETS_MAX}."
    return [Error(f"{settings.BATCH_SNIPPETS} snippets in one call.", hint=hint, id="capture.E003")]
