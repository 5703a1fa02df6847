"""What can go wrong between us and a platform's services. None of these messages holds what it answered."""

from lti_tool.core.errors import NotReady
from lti_tool.core.http import PlatformSilent
from lti_tool.core.words import gettext_noop as _


class ServiceRefused(NotReady):
    """The platform answered, and its answer was no."""

    code = "platform_service_refused"
    message = _("Your learning platform did not let Attune use one of its services.")
    next_step = _(
        "In the platform's settings for this tool, allow names and roles, and notices of copied courses."
    )


class ServiceUnreadable(NotReady):
    """The platform answered with something else: an error page, for example."""

    code = "platform_service_unreadable"
    message = _("Your learning platform answered with something else than the service that was asked for.")
    next_step = _("The people who run it may find that an address filter or a proxy stands in the way.")


class PlatformBusy(PlatformSilent):
    """Too many questions at once: come back after `retry_after_s` seconds."""

    code = "platform_busy"
    message = _("Your learning platform asks us to wait a little.")

    def __init__(self, retry_after_s: int) -> None:
        super().__init__()
        self.retry_after_s = retry_after_s
