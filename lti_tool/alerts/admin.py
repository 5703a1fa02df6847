"""Hours, budget and escalation of counseling in the administration. No case is ever seen there."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from lti_tool.alerts import services
from lti_tool.alerts.models import CareDesk
from lti_tool.core.clock import now
from lti_tool.lti.admin.closed import NeverDeleted


@admin.register(CareDesk)
class CareDeskAdmin(NeverDeleted, admin.ModelAdmin):  # type: ignore[type-arg]
    """One row for each deployment that does it in its own way."""

    list_display = ("deployment", "hours", "time_zone", "weekly_budget", "asks_student_first")
    list_select_related = ("deployment__registration",)

    def save_model(
        self, request: HttpRequest, obj: CareDesk, form: "ModelForm[CareDesk]", change: bool
    ) -> None:
        """Note who set it."""
        services.record_desk(desk=obj, by=request.user.get_username(), at=now())
