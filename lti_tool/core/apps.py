"""Tell Django of the checks of this room, and the rooms below Django of its translations."""

from django.apps import AppConfig
from django.utils.translation import gettext

from lti_tool.core.words import translate_with


class CoreConfig(AppConfig):
    """Settings readers, clock, errors, http. No models."""

    name = "lti_tool.core"

    def ready(self) -> None:
        """Register the system checks, and hand over the catalogue."""
        from lti_tool.core import checks  # noqa: F401

        translate_with(gettext)
