"""System checks: the head of the audit can be left where the setting says. Opens no place."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from lti_tool.audit import anchorages


def anchors_have_a_place(**_: object) -> Sequence[CheckMessage]:
    """audit.E001: a place of a kind that is not known. audit.W001: no place at all."""
    hint = "Set ATTUNE_AUDIT_ANCHORS to file:/path, syslog:/dev/log, syslog://host:514 or https://..."
    try:
        places = anchorages.parse(settings.AUDIT_ANCHORS)
    except ValueError as error:
        return [Error(str(error), hint=hint, id="audit.E001")]
    if places or settings.DEBUG or not settings.PUBLIC_URL.startswith("https://"):
        return []
    return [Warning("The audit's head is left nowhere outside.", hint=hint, id="audit.W001")]
