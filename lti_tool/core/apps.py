"""Tell Django of the checks of this room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Settings readers, clock, errors, http. No models."""

    name = "lti_tool.core"

    def ready(self) -> None:
        """Register the system checks."""
        from lti_tool.core import checks  # noqa: F401
