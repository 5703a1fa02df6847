"""Who is a counselor, and the people and courses that a grant names."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.admin.closed import NeverDeleted, ToLookUpOnly
from lti_tool.lti.models import Context, CounselorGrant, PlatformUser


@admin.register(CounselorGrant)
class CounselorGrantAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """Our own word that a person is a counselor. It is revoked, never deleted."""

    list_display = ("user", "deployment", "context", "granted_by", "expires_at", "revoked_at")
    list_select_related = ("user", "deployment", "context")
    autocomplete_fields = ("user", "context")
    readonly_fields = ("granted_by", "granted_at", "revoked_at")
    actions = ("revoke",)

    def save_model(
        self,
        request: HttpRequest,
        obj: CounselorGrant,
        form: "ModelForm[CounselorGrant]",
        change: bool,
    ) -> None:
        """Note who granted it."""
        services.record_grant(grant=obj, by=request.user.get_username(), at=now())

    @admin.action(description=_("Revoke: these people are counselors no more"), permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[CounselorGrant]) -> None:
        """End grants from now on."""
        for grant in chosen.select_related("user"):
            services.revoke_grant(grant=grant, by=request.user.get_username(), at=now())


@admin.register(PlatformUser)
class PlatformUserAdmin(ToLookUpOnly):
    """A person, found by the platform's name for them."""

    list_display = ("pseudonym", "name", "registration")
    list_select_related = ("registration",)
    search_fields = ("sub", "name")


@admin.register(Context)
class ContextAdmin(ToLookUpOnly):
    """A course."""

    list_display = ("title", "context_id", "deployment")
    list_select_related = ("deployment",)
    search_fields = ("title", "context_id")
