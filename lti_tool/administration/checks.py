"""System checks: outside of one machine a password alone opens nothing."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def second_factor_is_asked_for(**_: object) -> Sequence[CheckMessage]:
    """administration.W001: a public installation asks its administrators for a password alone."""
    if settings.SECOND_FACTOR or not settings.PUBLIC_URL.startswith("https://"):
        return []
    hint = "Unset ATTUNE_SECOND_FACTOR: it is on by itself where ATTUNE_PUBLIC_URL is https."
    message = "Who has an administrator's password can do what an administrator can."
    return [Warning(message, hint=hint, id="administration.W001")]
