"""Registers the capture room's system checks."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from lti_tool.capture.checks import spool_keeps_its_promise


class CaptureConfig(AppConfig):
    """The capture room."""

    name = "lti_tool.capture"

    def ready(self) -> None:
        """Have the spool's setting checked at every start."""
        register(spool_keeps_its_promise, Tags.security)
