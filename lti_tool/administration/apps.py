"""Put our door before Django's administration, and tell Django of the checks of this room."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class GuardedAdminConfig(AdminConfig):
    """Django's administration behind our door."""

    default_site = "lti_tool.administration.site.GuardedSite"


class AdministrationConfig(AppConfig):
    """Second factors of administrators."""

    name = "lti_tool.administration"
    verbose_name = _("Administration")

    def ready(self) -> None:
        """Register the system checks, and who is told of a sign-in."""
        from lti_tool.administration import journal, sittings
        from lti_tool.administration.checks import second_factor_is_asked_for

        register(second_factor_is_asked_for)
        user_logged_in.connect(sittings.begin)
        user_logged_in.connect(journal.password_was_right)
        user_login_failed.connect(journal.password_was_wrong)
