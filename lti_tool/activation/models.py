"""Versions of what is on record for a deployment. What was signed off is never edited, but superseded."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.activation import ADULT, ExceptionKind
from lti_tool.domain.jurisdictions import Profile, profile_of
from lti_tool.lti.models import Deployment


class ActivationState(models.TextChoices):
    """A draft may be changed and counts for nothing. The others were signed off; one in force may run out."""

    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    REVOKED = "revoked", _("Revoked")


EXCEPTIONS = ((ExceptionKind.MEDICAL.value, _("medical")), (ExceptionKind.SAFETY.value, _("safety")))


class ActivationQuerySet(models.QuerySet["Activation"]):
    """Questions about activations."""

    def drafts(self) -> "ActivationQuerySet":
        """Those that nobody signed off yet."""
        return self.filter(state=ActivationState.DRAFT)

    def in_force(self) -> "ActivationQuerySet":
        """The one of each deployment that was not superseded or revoked. It may have run out."""
        return self.filter(state=ActivationState.IN_FORCE)

    def signed_off(self) -> "ActivationQuerySet":
        """Every version that was ever in force."""
        return self.exclude(state=ActivationState.DRAFT)

    def newest_first(self) -> "ActivationQuerySet":
        """The last version in front."""
        return self.order_by("-version")


class Activation(models.Model):
    """One version of what is on record for a deployment (judged by domain.activation)."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="activations")
    state = models.CharField(
        max_length=10, choices=ActivationState.choices, default=ActivationState.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(
        null=True, editable=False, help_text=_("Empty while it is a draft.")
    )

    jurisdiction = models.CharField(
        _("place"),
        max_length=80,
        blank=True,
        help_text=_("Where its law applies: a code as DE, GB, US-IL, IN-KA; or “elsewhere”."),
    )
    legal_basis = models.TextField(
        blank=True, help_text=_("The article or rule on which the processing rests.")
    )
    purpose = models.TextField(
        blank=True, help_text=_("What it is done for, in words that a student understands.")
    )
    assessment_reference = models.CharField(
        _("impact assessment"), max_length=200, blank=True, help_text=_("Where it is filed.")
    )
    assessment_date = models.DateField(
        _("impact assessment approved on"),
        null=True,
        blank=True,
        help_text=_("Needed in the EU, EEA and UK."),
    )
    exception_kind = models.CharField(_("exception"), max_length=10, blank=True, choices=EXCEPTIONS)
    device_identifier = models.CharField(
        max_length=120, blank=True, help_text=_("Of the medical device or safety component, as registered.")
    )
    counsel_name = models.CharField(
        _("counsel"), max_length=200, blank=True, help_text=_("Who confirmed the exception.")
    )
    counsel_signed_on = models.DateField(_("counsel signed on"), null=True, blank=True)
    least_age = models.PositiveSmallIntegerField(_("least age"), default=ADULT)
    lower_age_reason = models.TextField(
        _("reason for a lower age"), blank=True, help_text=_("Only where the least age is under 18.")
    )
    protection_contact = models.CharField(
        _("data-protection contact"),
        max_length=200,
        blank=True,
        help_text=_("Who answers students about their data."),
    )
    counselor_contact = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("How students reach a counselor. They read it on the consent page."),
    )
    counselor_hours = models.CharField(max_length=200, blank=True, help_text=_("When a counselor is there."))
    record_days = models.PositiveSmallIntegerField(
        _("measurements, days"), null=True, blank=True, help_text=_("Then they are deleted.")
    )
    session_days = models.PositiveSmallIntegerField(
        _("times at which the camera was on, days"),
        null=True,
        blank=True,
        help_text=_("Then they are deleted."),
    )
    signed_off_by = models.CharField(
        max_length=200, blank=True, help_text=_("Name and office of the person who answers for this.")
    )
    signed_off_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)

    drafted_by = models.CharField(max_length=150, editable=False)
    drafted_at = models.DateTimeField(editable=False)
    approved_by = models.CharField(max_length=150, blank=True, editable=False)
    profile_read = models.JSONField(
        default=dict, editable=False, help_text=_("The place's profile, as it was when this was signed off.")
    )
    record_hash = models.CharField(max_length=64, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.CharField(max_length=150, blank=True, editable=False)
    end_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = ActivationQuerySet.as_manager()

    class Meta:
        permissions = (("approve_activation", "Can sign off and revoke activations"),)
        constraints = (
            models.UniqueConstraint(
                fields=["deployment"], condition=Q(state="in_force"), name="one_activation_in_force"
            ),
            models.UniqueConstraint(
                fields=["deployment"], condition=Q(state="draft"), name="one_draft_per_deployment"
            ),
            models.UniqueConstraint(fields=["deployment", "version"], name="one_row_per_version"),
            models.CheckConstraint(
                name="a_version_is_signed_off",
                condition=Q(state="draft", version=None)
                | ~Q(state="draft")
                & Q(version__isnull=False, signed_off_at__isnull=False, expires_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        if not self.version:
            return gettext("draft for %(deployment)s") % {"deployment": self.deployment}
        facts = {"version": self.version, "deployment": self.deployment}
        return gettext("version %(version)d for %(deployment)s") % facts

    def save(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Only a draft, and the row that is made of one."""
        if self.pk is not None and not type(self).objects.drafts().filter(pk=self.pk).exists():
            raise TypeError("An activation that was signed off is never edited.")
        super().save(**kwargs)

    @property
    def is_draft(self) -> bool:
        """Nobody signed it off yet."""
        return self.state == ActivationState.DRAFT

    @property
    def is_in_force(self) -> bool:
        """It was neither superseded nor revoked. Whether it ran out is the clock's matter."""
        return self.state == ActivationState.IN_FORCE

    @property
    def profile(self) -> Profile | None:
        """What the law of its place asks, as this release knows it."""
        return profile_of(self.jurisdiction)

    def standing_at(self, at: datetime) -> str:
        """Its state in a word, with what the clock did to it."""
        ran_out = self.is_in_force and self.expires_at and self.expires_at <= at
        return gettext("run out") if ran_out else str(ActivationState(self.state).label).lower()
