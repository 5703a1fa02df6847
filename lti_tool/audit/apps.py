"""Name the room as the administration shows it, and have its setting checked."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from lti_tool.audit.checks import anchors_have_a_place


class AuditConfig(AppConfig):
    """The audit chain."""

    name = "lti_tool.audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Register the system check."""
        register(anchors_have_a_place, Tags.security)
