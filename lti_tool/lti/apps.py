"""Name the room as the administration shows it."""

from django.apps import AppConfig


class LtiConfig(AppConfig):
    """The protocol boundary."""

    name = "lti_tool.lti"
    verbose_name = "Learning platforms"
