"""What the administration shows and leaves alone. Knows no row."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class NeverDeleted:
    """Rows that are closed, revoked or left to expire: deleting one would leave no trace of it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes one."""
        return False


# The classes of the administration are generic for the type checker only, hence the ignores in this folder.
class ToLookUpOnly(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that launches made: found here when a grant needs one, and changed by nobody."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only a launch makes one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The platform's word stands."""
        return False
