"""Invitations: to a person to become a counselor, and to a platform to register itself."""

from datetime import datetime

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.admin.shown_once import ShownOnce
from lti_tool.lti.models import CounselorInvitation, RegistrationLink


@admin.register(CounselorInvitation)
class CounselorInvitationAdmin(ShownOnce[CounselorInvitation]):
    """A code by which one person becomes a counselor."""

    list_display = ("__str__", "deployment", "context", "invited_by", "state", "expires_at", "grant")
    list_select_related = ("deployment", "context", "grant")
    autocomplete_fields = ("context",)
    made_template = "lti/invitation_made.html"
    made_title = _("The new counselor invitation")

    @admin.display(description=_("state"))
    def state(self, obj: CounselorInvitation) -> str:
        """Where it stands now."""
        return str(obj.state_at(now()).label)

    def hand_out(self, row: CounselorInvitation, *, by: str, at: datetime) -> str:
        """The code."""
        return services.invite_counselor(invitation=row, by=by, at=at)

    def take_back(self, row: CounselorInvitation, *, by: str, at: datetime) -> None:
        """An invitation that was used stays as it is: its grant can be revoked."""
        services.withdraw_invitation(invitation=row, by=by, at=at)


@admin.register(RegistrationLink)
class RegistrationLinkAdmin(ShownOnce[RegistrationLink]):
    """An invitation to a platform to register itself."""

    list_display = ("purpose", "made_by", "created_at", "expires_at", "used_at", "registration")
    list_select_related = ("registration",)
    made_template = "lti/registration_link_made.html"
    made_title = _("The new registration link")

    def hand_out(self, row: RegistrationLink, *, by: str, at: datetime) -> str:
        """The address to paste."""
        return services.make_registration_link(link=row, by=by, at=at)

    def take_back(self, row: RegistrationLink, *, by: str, at: datetime) -> None:
        """A link that was used stays as it is: its platform can be switched off."""
        services.withdraw_registration_link(link=row, by=by, at=at)
