"""Platforms and their deployments."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.admin.closed import NeverDeleted
from lti_tool.lti.models import Deployment, DeploymentState, Registration
from lti_tool.lti.quirks.families import quirks_of


class DeploymentInline(NeverDeleted, admin.TabularInline):  # type: ignore[type-arg]
    """The deployments of a platform, under it. A new one waits for its approval."""

    model = Deployment
    fields = ("deployment_id", "state")
    readonly_fields = ("state",)
    show_change_link = True
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Those that are on record are changed on their own page."""
        return False


@admin.register(Registration)
class RegistrationAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """A platform. Without “active” people come to what is their own only; without “believed” nobody comes."""

    list_display = ("issuer", "client_id", "product_family", "active", "believed", "created_at")
    list_filter = ("active", "believed")
    search_fields = ("issuer", "client_id")
    readonly_fields = ("worth_knowing",)
    inlines = (DeploymentInline,)

    @admin.display(description=_("worth knowing of such a platform"))
    def worth_knowing(self, obj: Registration) -> str:
        """What its family does in its own way."""
        known = quirks_of(obj.product_family).worth_knowing
        sentences = format_html_join("", "<p>{}</p>", ((gettext(sentence),) for sentence in known))
        return sentences or gettext("Nothing special.")

    def save_model(
        self, request: HttpRequest, obj: Registration, form: "ModelForm[Registration]", change: bool
    ) -> None:
        """Note who put it on record, or switched it off."""
        services.record_registration(registration=obj, by=request.user.get_username(), at=now())


@admin.register(Deployment)
class DeploymentAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """One placement of the tool inside a platform. Its door is opened and closed in the list, by action."""

    list_display = ("deployment_id", "registration", "state", "created_at")
    list_filter = ("state",)
    list_select_related = ("registration",)
    search_fields = ("deployment_id", "registration__issuer")
    actions = ("approve", "suspend")

    def get_readonly_fields(self, request: HttpRequest, obj: Deployment | None = None) -> tuple[str, ...]:
        """An approval holds for what was approved: neither its platform nor its id changes afterwards."""
        return ("registration", "deployment_id", "state") if obj else ("state",)

    def save_model(
        self, request: HttpRequest, obj: Deployment, form: "ModelForm[Deployment]", change: bool
    ) -> None:
        """Note who set how it measures."""
        services.record_deployment(deployment=obj, by=request.user.get_username(), at=now())

    @admin.action(description=_("Approve: let people of these deployments in"), permissions=["change"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Deployment]) -> None:
        """Open the door."""
        _set_state(request, chosen, DeploymentState.APPROVED)

    @admin.action(description=_("Suspend: let people in to what is theirs only"), permissions=["change"])
    def suspend(self, request: HttpRequest, chosen: QuerySet[Deployment]) -> None:
        """Close the door."""
        _set_state(request, chosen, DeploymentState.SUSPENDED)


def _set_state(request: HttpRequest, chosen: QuerySet[Deployment], state: DeploymentState) -> None:
    for deployment in chosen:
        services.set_deployment_state(
            deployment=deployment, state=state, by=request.user.get_username(), at=now()
        )
