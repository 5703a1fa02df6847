"""Where the audit's head is left outside, and since when that fails. To look at; entries are not shown."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from lti_tool.audit.models import Anchorage


@admin.register(Anchorage)
class AnchorageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One place outside; the setting says which there are."""

    list_display = ("label", "sequence", "anchored_at", "failing_since", "failure")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The setting names them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only the anchoring itself writes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A failure is not made to disappear by hand."""
        return False
