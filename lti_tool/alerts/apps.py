"""Name the room as the administration shows it, and have its setting checked."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from lti_tool.alerts.checks import counselors_can_be_told


class AlertsConfig(AppConfig):
    """Early warning, and the cases that come of it."""

    name = "lti_tool.alerts"
    verbose_name = _("Early warning")

    def ready(self) -> None:
        """Register the system check."""
        register(counselors_can_be_told)
