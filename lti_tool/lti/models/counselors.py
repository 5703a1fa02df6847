"""Who is a counselor by our own word, and the codes by which one becomes it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lti_tool.core.clock import now
from lti_tool.lti.models.courses import Context
from lti_tool.lti.models.people import PlatformUser
from lti_tool.lti.models.platforms import Deployment


class CounselorGrant(models.Model):
    """Our own word that a person is a counselor, for one course or (context empty) the whole deployment.

    No role of a platform ever confers this.
    """

    user = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="counselor_grants")
    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="counselor_grants")
    context = models.ForeignKey(Context, null=True, blank=True, on_delete=models.CASCADE)
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return gettext("counselor grant %(number)s") % {"number": self.pk}

    def clean(self) -> None:
        """Person, deployment and course belong to one platform."""
        # A form whose fields were left empty comes here, too, with neither.
        chosen = self.user_id is not None and self.deployment_id is not None
        if chosen and self.user.registration_id != self.deployment.registration_id:
            raise ValidationError(_("This person comes from another platform than the deployment."))
        if self.context and self.context.deployment_id != self.deployment_id:
            raise ValidationError(_("This course belongs to another deployment."))


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    OPEN = "open", pgettext_lazy("invitation", "Open")
    REDEEMED = "redeemed", pgettext_lazy("invitation", "Redeemed")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")


class CounselorInvitation(models.Model):
    """A code by which one person becomes a counselor, in one course or (context empty) the whole deployment.

    It is redeemed once, from a launch of that course. Only its hash is kept.
    """

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="counselor_invitations")
    context = models.ForeignKey(Context, null=True, blank=True, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(_("the code works until"))
    grant_expires_at = models.DateTimeField(_("a counselor until"))
    redeemed_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    grant = models.OneToOneField(
        CounselorGrant, null=True, blank=True, editable=False, on_delete=models.SET_NULL
    )

    def __str__(self) -> str:
        return gettext("counselor invitation %(number)s") % {"number": self.pk}

    def clean(self) -> None:
        """The course belongs to the deployment, and the code ends before what it gives."""
        if self.context and self.context.deployment_id != self.deployment_id:
            raise ValidationError(_("This course belongs to another deployment."))
        begins, ends = self.created_at or now(), self.expires_at
        if ends and self.grant_expires_at and not begins < ends <= self.grant_expires_at:
            raise ValidationError(_("The code must end in the future, and not after what it gives."))

    def state_at(self, at: datetime) -> InvitationState:
        """Where it stands at a moment."""
        if self.redeemed_at is not None:
            return InvitationState.REDEEMED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED
