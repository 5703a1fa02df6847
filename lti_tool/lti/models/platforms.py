"""Platforms, their deployments, what is on record of them, and the links by which they registered."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lti_tool.core.clock import now
from lti_tool.lti.protocol.return_address import origin_of_address
from lti_tool.lti.validators import validate_endpoint, validate_issuer, validate_origins, within


class Registration(models.Model):
    """A platform that knows this tool, found by issuer and client id."""

    issuer = models.CharField(max_length=255, validators=[validate_issuer])
    client_id = models.CharField(max_length=255)
    auth_login_url = models.CharField(max_length=1000, validators=[validate_endpoint])
    token_url = models.CharField(max_length=1000, validators=[validate_endpoint])
    jwks_url = models.CharField(max_length=1000, validators=[validate_endpoint])
    frame_origins = models.JSONField(
        default=list,
        validators=[validate_origins],
        help_text=_('Origins that may show the tool in a frame: ["https://moodle.example.edu"].'),
    )
    named_origins = models.JSONField(
        default=list, editable=False, help_text=_("Those of them that the platform named when it registered.")
    )
    product_family = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(
        default=False,
        help_text=_(
            "Off: nobody is measured or read of, and people come in only to see, take along and delete "
            "what is theirs."
        ),
    )
    believed = models.BooleanField(
        default=True,
        help_text=_("Off: no launch of this platform is believed at all, as when its key was stolen."),
    )
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "client_id"], name="one_registration_per_client"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} ({self.client_id})"

    @property
    def login_origin(self) -> str:
        """The origin that the platform's scripts speak from (LTI postMessage Storage 0.1, 3.1)."""
        return origin_of_address(self.auth_login_url)


class DeploymentState(models.TextChoices):
    """A deployment lets nobody in until an administrator of ours approved it.

    A suspended one lets people in to what is their own, and to nothing else.
    """

    PENDING = "pending", pgettext_lazy("deployment", "Pending")
    APPROVED = "approved", pgettext_lazy("deployment", "Approved")
    SUSPENDED = "suspended", pgettext_lazy("deployment", "Suspended")


class Deployment(models.Model):
    """One placement of the tool inside a platform, with its capture settings."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="deployments")
    deployment_id = models.CharField(max_length=255)
    state = models.CharField(max_length=12, choices=DeploymentState.choices, default=DeploymentState.PENDING)
    snippet_frames = models.PositiveSmallIntegerField(default=8, validators=within(1, 24))
    snippet_seconds = models.FloatField(default=2.0, validators=within(0.5, 10))
    snippet_interval_s = models.PositiveIntegerField(default=10, validators=within(1, 600))
    notices_url = models.CharField(
        max_length=1000,
        blank=True,
        help_text=_("Where the platform takes requests to be told of copied courses."),
    )
    notices_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["registration", "deployment_id"], name="one_row_per_deployment"),
            models.CheckConstraint(
                name="snippets_within_bounds",
                condition=models.Q(
                    snippet_frames__range=(1, 24),
                    snippet_seconds__range=(0.5, 10),
                    snippet_interval_s__range=(1, 600),
                ),
                violation_error_message=_("A snippet has 1 to 24 frames over 0.5 to 10 s, every 1 to 600 s."),
            ),
            models.CheckConstraint(
                name="snippets_do_not_overlap",
                condition=models.Q(snippet_interval_s__gte=models.F("snippet_seconds")),
                violation_error_message=_("The next snippet may begin only when the one before has ended."),
            ),
        )

    def __str__(self) -> str:
        return gettext("deployment %(id)s") % {"id": self.deployment_id}

    @property
    def is_open(self) -> bool:
        """Whether its people may come in, and stay."""
        return self.state == DeploymentState.APPROVED and self.registration.active and self.is_ajar

    @property
    def is_ajar(self) -> bool:
        """Whether people of whom something is held may come in to see, take along and delete that.

        Closing a door must not take these rights from them. One that never was open holds nothing of anybody.
        """
        return self.state != DeploymentState.PENDING and self.registration.believed


class RegistrationLink(models.Model):
    """An invitation to one platform to register itself. Used once, within a set time; kept as a hash."""

    purpose = models.CharField(
        _("for which platform"), max_length=120, help_text=_("Moodle of the law school, ...")
    )
    asks_names = models.BooleanField(
        _("ask for people's names"),
        default=False,
        help_text=_("Only if counselors shall read names. Without it they read “Student 4F2A”."),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.CharField(max_length=150, editable=False)
    created_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    registration = models.ForeignKey(
        Registration, null=True, editable=False, on_delete=models.PROTECT, related_name="links"
    )

    def __str__(self) -> str:
        words = gettext("registration link %(number)s: %(purpose)s")
        return words % {"number": self.pk, "purpose": self.purpose}
