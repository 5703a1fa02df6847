"""Which files were opened in an emergency, to whom and why. To look at: they are opened by command alone."""

from django.contrib import admin

from lti_tool.lti.admin.closed import ToLookUpOnly
from lti_tool.records.models import EmergencyGrant


@admin.register(EmergencyGrant)
class EmergencyGrantAdmin(ToLookUpOnly):
    """Nothing of the file is shown here, nor its student: their pseudonym is in the audit."""

    list_display = (
        "__str__",
        "granted_at",
        "expires_at",
        "ended_at",
        "first_read_at",
        "reader",
        "file",
        "reason",
        "reference",
        "granted_by",
    )
    list_select_related = ("reader", "file")
    date_hierarchy = "granted_at"
    ordering = ("-granted_at", "-pk")
