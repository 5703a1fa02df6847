"""From the login that starts a launch to what hangs on it. Rows that live for minutes or hours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.models.courses import Context, ResourceLink
from lti_tool.lti.models.people import PlatformUser
from lti_tool.lti.models.platforms import Registration
from lti_tool.lti.protocol.claims import Message
from lti_tool.vault.fields import PackedField


class LoginAttempt(models.Model):
    """One OIDC login that was started: consumed by exactly one launch, or expired."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE)
    state_hash = models.CharField(max_length=64, unique=True)
    nonce_hash = models.CharField(max_length=64)
    target_link_uri = models.URLField(max_length=1000)
    storage_target = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("The platform's frame that keeps something for us, if one does."),
    )
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
        max_length=255,
        blank=True,
        help_text=_("Of a student: what a yes may share. It goes with the launch."),
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
    page = models.CharField(max_length=80, help_text=_("The name of the page that opens in the new tab."))
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"tab pass {self.pk}"
