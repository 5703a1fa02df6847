"""Name the room as the administration shows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LtiConfig(AppConfig):
    """The protocol boundary."""

    name = "lti_tool.lti"
    verbose_name = _("Learning platforms")
