"""Name the room as the administration shows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivationConfig(AppConfig):
    """Drafts, activations in force, and those that were."""

    name = "lti_tool.activation"
    verbose_name = _("Activation")
