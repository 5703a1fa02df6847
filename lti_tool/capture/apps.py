"""Registers the capture room's system checks."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from lti_tool.capture.checks import batch_is_bounded, runtime_is_known, spool_keeps_its_promise


class CaptureConfig(AppConfig):
    """The capture room."""

    name = "lti_tool.capture"

    def ready(self) -> None:
        """Have the room's settings checked at every start."""
        register(spool_keeps_its_promise, Tags.security)
        register(runtime_is_known)
        register(batch_is_bounded)
