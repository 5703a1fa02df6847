"""Why a code opens nothing. The page shows these beside its field."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from lti_tool.core.errors import BadInput, SlowDown


class CodeRefused(BadInput):
    """Wrong, used before, or too old: which of these is nobody's business."""

    code = "code_refused"
    message = _("This code is wrong, was used before, or is too old.")
    next_step = _("Wait for the next code of your authenticator, or use one of your backup codes.")


class TooManyCodes(SlowDown):
    """Wrong codes were tried, and each one makes the wait twice as long."""

    code = "too_many_codes"

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__(
            ngettext(
                "Too many wrong codes. The next one is looked at in %(seconds)d second.",
                "Too many wrong codes. The next one is looked at in %(seconds)d seconds.",
                retry_after_s,
            )
            % {"seconds": retry_after_s},
            retry_after_s=retry_after_s,
            next_step=gettext(
                "Wait, then try once more. Somebody else with access to the server can reset it."
            ),
        )
