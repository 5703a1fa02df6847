"""System check: counselors of a public installation can be told by e-mail. Sends nothing."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def counselors_can_be_told(**_: object) -> Sequence[CheckMessage]:
    """alerts.W001: no mail server. Who does not open their page does not learn that somebody waits."""
    if settings.EMAIL_HOST or not settings.PUBLIC_URL.startswith("https://"):
        return []
    hint = "Set ATTUNE_EMAIL_HOST to a mail server that takes messages from here, and ATTUNE_EMAIL_FROM."
    message = "Counselors are told of what waits on their page only."
    return [Warning(message, hint=hint, id="alerts.W001")]
