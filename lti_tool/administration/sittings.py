"""How long somebody sits in the administration before password and code are asked for anew. Knows no account.

NIST SP 800-63B, AAL2: again after half an hour without a sign of life, and at least once in 12 hours. A day
at the desk is shorter.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from lti_tool.core.clock import now

IDLE_ENDS: Final = timedelta(minutes=30)
DAY_ENDS: Final = timedelta(hours=8)
# A page more does not write the session each time.
NOTED_EVERY: Final = timedelta(minutes=1)

KEY: Final = "sitting"  # [began, was last here], in seconds since 1970


def begin(request: HttpRequest, **_: Any) -> None:  # noqa: ANN401 - what Django's signal brings along
    """A password was shown just now."""
    request.session[KEY] = [now().timestamp()] * 2


def goes_on(session: SessionBase, *, at: datetime) -> bool:
    """Whether it is still on. Asking is a sign of life. Without a known beginning it is over."""
    began, last = session.get(KEY, (0, 0))
    here, idle = timedelta(seconds=at.timestamp() - began), timedelta(seconds=at.timestamp() - last)
    if here >= DAY_ENDS or idle >= IDLE_ENDS:
        return False
    if idle >= NOTED_EVERY:
        session[KEY] = [began, at.timestamp()]
    return True
