"""Activations in the administration: the list is Django's, every other page is the wizard's (views)."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from lti_tool.activation import views
from lti_tool.activation.models import Activation
from lti_tool.activation.steps import STEPS
from lti_tool.core.clock import now
from lti_tool.lti.admin.closed import NeverDeleted

PAGES: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
    "record": ("<int:pk>/record/", views.show),
    "step": ("<int:pk>/step/<slug:slug>/", views.step),
    "approve": ("<int:pk>/approve/", views.approve),
    "revoke": ("<int:pk>/revoke/", views.revoke),
    "renew": ("<int:pk>/renew/", views.renew),
    "discard": ("<int:pk>/discard/", views.discard),
}


@admin.register(Activation)
class ActivationAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """Drafts and versions. What was signed off is read and printed; only a draft opens in the wizard."""

    list_display = (
        "__str__",
        "platform",
        "jurisdiction",
        "standing",
        "signed_off_by",
        "expires_at",
    )
    list_filter = ("state",)
    list_select_related = ("deployment__registration",)
    ordering = ("deployment", "-version")

    def get_urls(self) -> list[URLPattern]:
        """The wizard's pages before Django's own."""
        own = [
            path(route, self.admin_site.admin_view(view), name=f"activation_activation_{name}")
            for name, (route, view) in PAGES.items()
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        """The wizard's first question."""
        return views.start(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        """A draft opens in the wizard for who may write, anything else as a record."""
        draft = Activation.objects.drafts().filter(pk=object_id).exists()
        if draft and self.has_change_permission(request):
            return redirect("admin:activation_activation_step", object_id, STEPS[0].slug)
        return redirect("admin:activation_activation_record", object_id)

    @admin.display(description=_("platform"))
    def platform(self, activation: Activation) -> str:
        """Of its deployment."""
        return str(activation.deployment.registration)

    @admin.display(description=_("state"))
    def standing(self, activation: Activation) -> str:
        """With what the clock did to it."""
        return activation.standing_at(now())
