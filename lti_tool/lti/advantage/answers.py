"""An answer of a platform's service, bounded and sorted into what to do about it."""

import re
from typing import Final

from lti_tool.core.http import Answer
from lti_tool.lti.advantage.errors import PlatformBusy, ServiceRefused, ServiceUnreadable

SHORTEST_WAIT_S: Final = 1
LONGEST_WAIT_S: Final = 15 * 60
USUAL_WAIT_S: Final = 30

_WHOLE_SECONDS: Final = re.compile(r"[0-9]{1,6}")
BUSY: Final = frozenset({429, 502, 503, 504})


def checked(answer: Answer) -> Answer:
    """The same answer, if it is a good one. Raises PlatformBusy, ServiceRefused, ServiceUnreadable."""
    if answer.status in BUSY:
        raise PlatformBusy(_wait(answer.headers.get("Retry-After", "")))
    if answer.status in {400, 401, 403}:
        raise ServiceRefused
    if not answer.is_good:
        raise ServiceUnreadable
    return answer


def document_of(answer: Answer) -> object:
    """The document of a good answer. Raises ServiceUnreadable for an error page that says it is one."""
    try:
        return answer.document()
    except ValueError:
        raise ServiceUnreadable from None


def _wait(retry_after: str) -> int:
    """Seconds. A date, which the standard allows too, is taken for the usual wait."""
    seconds = int(retry_after) if _WHOLE_SECONDS.fullmatch(retry_after) else USUAL_WAIT_S
    return max(SHORTEST_WAIT_S, min(seconds, LONGEST_WAIT_S))
