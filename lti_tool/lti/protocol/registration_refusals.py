"""Why a registration by link fails, in words for the platform's administrator. Knows not how it was found."""

from enum import unique
from typing import Final

from lti_tool.core.errors import Explained, RefusedBecause
from lti_tool.core.words import gettext_noop as _

NEW_LINK: Final = _(
    "Ask the person who looks after Attune for a new link, and paste it into your learning platform."
)
AGAIN: Final = _(
    "Remove what your learning platform may have begun, and paste the link there again. It is not used up."
)
BY_HAND: Final = _(
    "Please tell the people who run your learning platform. Attune can also be added by hand: the person who "
    "looks after Attune knows how."
)


@unique
class Obstacle(Explained):
    """One for each way a registration can fail: what happened, and what to do next."""

    # The link
    LINK_UNKNOWN = _("This registration link opens nothing. A part of it may have been lost."), NEW_LINK
    LINK_USED = _("This registration link works once, and it was used already."), NEW_LINK
    LINK_EXPIRED = _("This registration link is too old, or it was withdrawn."), NEW_LINK

    # What the platform sent the browser with
    OPENED_DIRECTLY = (
        _("This address works only when a learning platform opens it."),
        _("Paste it where your learning platform adds a tool by a registration address."),
    )
    CONFIGURATION_ADDRESS_REFUSED = (
        _("Your platform describes itself at an address that is not a plain https address."),
        BY_HAND,
    )
    TOKEN_UNREADABLE = _("The registration token of your learning platform cannot be read."), AGAIN

    # What the platform says of itself
    CONFIGURATION_WITHHELD = _("Your learning platform did not show us its description of itself."), AGAIN
    CONFIGURATION_UNREADABLE = _("What your learning platform says of itself cannot be read."), BY_HAND
    CONFIGURATION_INCOMPLETE = _("What your learning platform says of itself is not complete."), BY_HAND
    ENDPOINT_REFUSED = (
        _("Your learning platform names an address that is not a plain https address."),
        BY_HAND,
    )
    HOSTS_DISAGREE = (
        _("Your learning platform goes by the name of another host than the one that answered."),
        BY_HAND,
    )
    ALGORITHM_MISSING = (
        _("Your learning platform does not sign in the one way that we trust (RS256)."),
        BY_HAND,
    )

    # What it answered to the registration
    PLATFORM_REFUSED = _("Your learning platform refused the registration."), AGAIN
    ANSWER_UNREADABLE = (
        _("Your learning platform answered the registration with something we cannot read."),
        BY_HAND,
    )


class RegistrationRefused(RefusedBecause):
    """A registration that must not go on. `detail` adds a sentence of facts, never what a platform wrote."""

    code = "registration_refused"

    def __init__(self, obstacle: Obstacle, *, detail: str = "") -> None:
        super().__init__(obstacle, detail=detail)
        self.obstacle = obstacle
