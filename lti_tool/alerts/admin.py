"""Hours, budget and escalation of counseling in the administration. No case is ever seen there."""

from django.contrib import admin

from lti_tool.alerts.models import CareDesk


@admin.register(CareDesk)
class CareDeskAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One row for each deployment that does it in its own way."""

    list_display = ("deployment", "hours", "time_zone", "weekly_budget", "asks_student_first")
    list_select_related = ("deployment__registration",)
