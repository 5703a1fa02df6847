"""Platforms, deployments, courses and people, as their platform names them, and the launches they made."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models

from lti_tool.core.clock import now
from lti_tool.lti.protocol.claims import Message
from lti_tool.lti.protocol.placement import Page
from lti_tool.lti.validators import validate_endpoint, validate_issuer, validate_origins, within
from lti_tool.vault.fields import PackedField


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
        help_text="Origins that may show the tool in a frame: [“https://moodle.example.edu”].",
    )
    named_origins = models.JSONField(
        default=list, editable=False, help_text="Those of them that the platform named when it registered."
    )
    product_family = models.CharField(max_length=80, blank=True)
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "client_id"], name="one_registration_per_client"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} ({self.client_id})"


class DeploymentState(models.TextChoices):
    """A deployment lets nobody in until an administrator of ours approved it."""

    PENDING = "pending"
    APPROVED = "approved"
    SUSPENDED = "suspended"


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
        help_text="Where the platform takes requests to be told of copied courses.",
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
                violation_error_message="A snippet has 1 to 24 frames over 0.5 to 10 s, every 1 to 600 s.",
            ),
            models.CheckConstraint(
                name="snippets_do_not_overlap",
                condition=models.Q(snippet_interval_s__gte=models.F("snippet_seconds")),
                violation_error_message="The next snippet may begin only when the one before has ended.",
            ),
        )

    def __str__(self) -> str:
        return f"deployment {self.deployment_id}"

    @property
    def is_open(self) -> bool:
        """Whether its people may come in, and stay."""
        return self.state == DeploymentState.APPROVED and self.registration.active


class RegistrationLink(models.Model):
    """An invitation to one platform to register itself. Used once, within a set time; kept as a hash."""

    purpose = models.CharField(
        "for which platform", max_length=120, help_text="Moodle of the law school, ..."
    )
    asks_names = models.BooleanField(
        "ask for people's names",
        default=False,
        help_text="Only if counselors shall read names. Without it they read “Student 4F2A”.",
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
        return f"registration link {self.pk}: {self.purpose}"


class Activation(models.Model):
    """What is on record so that a deployment may sense anything (judged by domain.activation)."""

    deployment = models.OneToOneField(Deployment, on_delete=models.CASCADE, related_name="activation")
    jurisdiction = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=200)
    purpose = models.TextField()
    assessment_reference = models.CharField(max_length=200)
    protection_contact = models.CharField(max_length=200)
    counselor_contact = models.CharField(max_length=200)
    counselor_hours = models.CharField(max_length=200)
    signed_off_by = models.CharField(max_length=200)
    signed_off_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"activation of {self.deployment}"


class Context(models.Model):
    """A course."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="contexts")
    context_id = models.CharField(max_length=255)
    title = models.CharField(max_length=255, blank=True)
    memberships_url = models.CharField(
        max_length=1000, blank=True, help_text="Where the platform offers the course list; empty: nowhere."
    )
    class_size = models.PositiveIntegerField(
        null=True, blank=True, help_text="Active learners on the course list when it was last read."
    )
    copied_at = models.DateTimeField(
        null=True, blank=True, help_text="When the platform said that this course was made from another."
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deployment", "context_id"], name="one_row_per_course"),
        )

    def __str__(self) -> str:
        return self.title or f"course {self.pk}"


class ResourceLink(models.Model):
    """One place in a course from which the tool is opened, with what its author chose when placing it."""

    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="resource_links")
    resource_link_id = models.CharField(max_length=255)
    title = models.CharField(max_length=255, blank=True)
    page = models.CharField(max_length=20, blank=True, choices=[(page.value, page.value) for page in Page])
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True, validators=within(1, 5))
    due_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["context", "resource_link_id"], name="one_row_per_resource_link"),
            models.CheckConstraint(
                name="difficulty_within_bounds",
                condition=models.Q(difficulty=None) | models.Q(difficulty__range=(1, 5)),
            ),
        )

    def __str__(self) -> str:
        return self.title or f"resource link {self.pk}"


class PlatformUser(models.Model):
    """A person as one platform names them. `pseudonym` is what logs and the audit may carry."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="users")
    sub = models.CharField(max_length=255)
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        max_length=255, blank=True, help_text="Only of counselors, and of students who share it with one."
    )
    name_shared = models.BooleanField(default=False, help_text="The student lets counselors know the name.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["registration", "sub"], name="one_row_per_person"),)

    def __str__(self) -> str:
        return f"person {self.pseudonym}"

    @property
    def display_name(self) -> str:
        """The name, or a short pseudonym where none is kept."""
        return self.name or f"Student {str(self.pseudonym)[:4].upper()}"


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
        return f"counselor grant {self.pk}"

    def clean(self) -> None:
        """Person, deployment and course belong to one platform."""
        if self.user.registration_id != self.deployment.registration_id:
            raise ValidationError("This person comes from another platform than the deployment.")
        if self.context and self.context.deployment_id != self.deployment_id:
            raise ValidationError("This course belongs to another deployment.")


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    OPEN = "open"
    REDEEMED = "redeemed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class CounselorInvitation(models.Model):
    """A code by which one person becomes a counselor, in one course or (context empty) the whole deployment.

    It is redeemed once, from a launch of that course. Only its hash is kept.
    """

    code = ""
    """The code itself, on the one object that was just made. No column: it is not kept."""

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="counselor_invitations")
    context = models.ForeignKey(Context, null=True, blank=True, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField("the code works until")
    grant_expires_at = models.DateTimeField("a counselor until")
    redeemed_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    grant = models.OneToOneField(
        CounselorGrant, null=True, blank=True, editable=False, on_delete=models.SET_NULL
    )

    def __str__(self) -> str:
        return f"counselor invitation {self.pk}"

    def clean(self) -> None:
        """The course belongs to the deployment, and the code ends before what it gives."""
        if self.context and self.context.deployment_id != self.deployment_id:
            raise ValidationError("This course belongs to another deployment.")
        begins, ends = self.created_at or now(), self.expires_at
        if ends and self.grant_expires_at and not begins < ends <= self.grant_expires_at:
            raise ValidationError("The code must end in the future, and not after what it gives.")

    def state_at(self, at: datetime) -> InvitationState:
        """Where it stands at a moment."""
        if self.redeemed_at is not None:
            return InvitationState.REDEEMED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED


class LoginAttempt(models.Model):
    """One OIDC login that was started: consumed by exactly one launch, or expired."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    state_hash = models.CharField(max_length=64, unique=True)
    nonce_hash = models.CharField(max_length=64)
    target_link_uri = models.URLField(max_length=1000)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"login attempt {self.pk}"


class Launch(models.Model):
    """One verified launch: who, where, in which role, until when. Bound to the browser that made it.

    A page's address carries `public_id`, so that two courses in two tabs do not disturb each other.
    """

    public_id = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="launches")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="launches")
    resource_link = models.ForeignKey(ResourceLink, null=True, on_delete=models.SET_NULL)
    name = models.CharField(
        max_length=255, blank=True, help_text="Of a student: what a yes may share. It goes with the launch."
    )
    message = models.CharField(
        max_length=40,
        choices=[(message.value, message.value) for message in Message],
        default=Message.RESOURCE_LINK.value,
    )
    roles = models.JSONField(default=list)
    browser_hash = models.CharField(max_length=64)
    locale = models.CharField(max_length=35, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"launch {self.pk}"


class DeepLinkingRequest(models.Model):
    """What a platform wants to hear from the author of a launch: answered once, or forgotten.

    The return address in `sealed` carries a session key of the platform: whoever read it here could act there
    in the author's name. So it is sealed, in a row of its own, which goes when the answer is made.
    """

    launch = models.OneToOneField(Launch, on_delete=models.CASCADE, related_name="deep_linking")
    sealed = PackedField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"deep linking request {self.pk}"


class TabPass(models.Model):
    """One copy of a launch for a new tab, whose cookies are not those of the frame.

    Used once, within a minute.
    """

    launch = models.ForeignKey(Launch, on_delete=models.CASCADE, related_name="tab_passes")
    token_hash = models.CharField(max_length=64, unique=True)
    page = models.CharField(max_length=80, help_text="The name of the page that opens in the new tab.")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"tab pass {self.pk}"


class ToolKey(models.Model):
    """The tool's own signing key; `private_sealed` is sealed under a key of its own, wrapped in front of it.

    `retired_at` is set when its successor is made, and lies a day ahead then.
    """

    kid = models.CharField(max_length=64, unique=True)
    public_jwk = models.JSONField()
    private_sealed = PackedField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"tool key {self.kid}"
