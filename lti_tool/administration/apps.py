"""Put our door before Django's administration, and tell Django of the checks of this room."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import register


class GuardedAdminConfig(AdminConfig):
    """Django's administration behind our door."""

    default_site = "lti_tool.administration.site.GuardedSite"


class AdministrationConfig(AppConfig):
    """Second factors of administrators."""

    name = "lti_tool.administration"
    verbose_name = "Administration"

    def ready(self) -> None:
        """Register the system checks."""
        from lti_tool.administration.checks import second_factor_is_asked_for

        register(second_factor_is_asked_for)
