"""What the capture room does: sessions, intake, measuring, sweeping."""

from lti_tool.capture.services.discarding import discard, stop_everything
from lti_tool.capture.services.intake import accept_snippet
from lti_tool.capture.services.measuring import analyse, fail
from lti_tool.capture.services.sessions import start_session, stop_session
from lti_tool.capture.services.sweeping import Swept, sweep

__all__ = [
    "Swept",
    "accept_snippet",
    "analyse",
    "discard",
    "fail",
    "start_session",
    "stop_everything",
    "stop_session",
    "sweep",
]
