"""What the capture room does: sessions, intake, measuring, sweeping, letting go."""

from lti_tool.capture.services.discarding import discard, erase_sessions
from lti_tool.capture.services.expiring import expire_overdue
from lti_tool.capture.services.intake import accept_snippet
from lti_tool.capture.services.keeping import old_sessions
from lti_tool.capture.services.measuring import analyse, fail
from lti_tool.capture.services.sessions import start_session, stop_session
from lti_tool.capture.services.sweeping import Swept, sweep

__all__ = [
    "Swept",
    "accept_snippet",
    "analyse",
    "discard",
    "erase_sessions",
    "expire_overdue",
    "fail",
    "old_sessions",
    "start_session",
    "stop_session",
    "sweep",
]
