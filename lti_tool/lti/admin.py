"""The administrator's pages: platforms, deployments, activations, counselors. Launches, keys stay closed.

Whatever opens or closes a door goes through the services, which write it down; no form sets it by itself.
"""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import (
    Activation,
    Context,
    CounselorGrant,
    CounselorInvitation,
    Deployment,
    DeploymentState,
    PlatformUser,
    Registration,
    RegistrationLink,
)

admin.site.site_header = "Attune"
admin.site.site_title = "Attune"
admin.site.index_title = "Who may open Attune, and what it may do there"


class NeverDeleted:
    """Rows that are closed, revoked or left to expire: deleting one would leave no trace of it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes one."""
        return False


# The classes of the administration are generic for the type checker only, hence the ignores.
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
    """A platform. Without “active” it starts no launch, and ends those that run."""

    list_display = ("issuer", "client_id", "product_family", "active", "created_at")
    list_filter = ("active",)
    search_fields = ("issuer", "client_id")
    inlines = (DeploymentInline,)

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

    @admin.action(description="Approve: let people of these deployments in", permissions=["change"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Deployment]) -> None:
        """Open the door."""
        _set_state(request, chosen, DeploymentState.APPROVED)

    @admin.action(description="Suspend: let nobody of these deployments in", permissions=["change"])
    def suspend(self, request: HttpRequest, chosen: QuerySet[Deployment]) -> None:
        """Close the door."""
        _set_state(request, chosen, DeploymentState.SUSPENDED)


def _set_state(request: HttpRequest, chosen: QuerySet[Deployment], state: DeploymentState) -> None:
    for deployment in chosen:
        services.set_deployment_state(
            deployment=deployment, state=state, by=request.user.get_username(), at=now()
        )


@admin.register(Activation)
class ActivationAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """What is on record so that a deployment may sense anything. To lock it again, let it expire."""

    list_display = ("deployment", "jurisdiction", "signed_off_by", "signed_off_at", "expires_at")
    list_select_related = ("deployment",)

    def get_readonly_fields(self, request: HttpRequest, obj: Activation | None = None) -> tuple[str, ...]:
        """An activation stays with its deployment."""
        return ("deployment",) if obj else ()

    def save_model(
        self, request: HttpRequest, obj: Activation, form: "ModelForm[Activation]", change: bool
    ) -> None:
        """Note who recorded it."""
        services.record_activation(activation=obj, by=request.user.get_username(), at=now())


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

    @admin.action(description="Revoke: these people are counselors no more", permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[CounselorGrant]) -> None:
        """End grants from now on."""
        for grant in chosen.select_related("user"):
            services.revoke_grant(grant=grant, by=request.user.get_username(), at=now())


@admin.register(CounselorInvitation)
class CounselorInvitationAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """A code by which one person becomes a counselor. It is withdrawn, never changed or deleted."""

    list_display = ("__str__", "deployment", "context", "invited_by", "state", "expires_at", "grant")
    list_select_related = ("deployment", "context", "grant")
    autocomplete_fields = ("context",)
    actions = ("withdraw",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was sent to somebody stays what it was; the list asks for its action."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description="state")
    def state(self, obj: CounselorInvitation) -> str:
        """Where it stands now."""
        return str(obj.state_at(now()).label)

    def save_model(
        self,
        request: HttpRequest,
        obj: CounselorInvitation,
        form: "ModelForm[CounselorInvitation]",
        change: bool,
    ) -> None:
        """Note who invites; the code waits on the object for the page that follows."""
        obj.code = services.invite_counselor(invitation=obj, by=request.user.get_username(), at=now())

    def response_add(
        self, request: HttpRequest, obj: CounselorInvitation, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the code on the answer itself: a message of Django's would keep it in a cookie."""
        shown = {**self.admin_site.each_context(request), "code": obj.code, "invitation": obj}
        response = TemplateResponse(request, "lti/invitation_made.html", shown)
        add_never_cache_headers(response)
        return response

    @admin.action(description="Withdraw: these codes work no more", permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[CounselorInvitation]) -> None:
        """Close invitations that nobody used."""
        for invitation in chosen:
            services.withdraw_invitation(invitation=invitation, by=request.user.get_username(), at=now())


@admin.register(RegistrationLink)
class RegistrationLinkAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """An invitation to a platform to register itself. Its address is shown once, when it is made."""

    list_display = ("purpose", "made_by", "created_at", "expires_at", "used_at", "registration")
    list_select_related = ("registration",)
    actions = ("withdraw",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was offered stays as it was offered; the list asks for its action."""
        return obj is None and super().has_change_permission(request)

    def save_model(
        self, request: HttpRequest, obj: RegistrationLink, form: "ModelForm[RegistrationLink]", change: bool
    ) -> None:
        """Make the token; its address lives as long as this request."""
        by = request.user.get_username()
        request.registration_url = services.make_registration_link(  # type: ignore[attr-defined]
            link=obj, by=by, at=now()
        )

    def response_add(
        self, request: HttpRequest, obj: RegistrationLink, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Show the address in this answer: nothing keeps it, so no later page could."""
        context = {
            **self.admin_site.each_context(request),
            "title": "The registration link",
            "link": obj,
            "url": request.registration_url,  # type: ignore[attr-defined]
        }
        return render(request, "lti/registration_link_made.html", context)

    @admin.action(description="Withdraw: these links open nothing any more", permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[RegistrationLink]) -> None:
        """End links before their time."""
        for link in chosen:
            services.withdraw_registration_link(link=link, by=request.user.get_username(), at=now())


class ToLookUpOnly(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that launches made: found here when a grant needs one, and changed by nobody."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only a launch makes one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The platform's word stands."""
        return False


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
