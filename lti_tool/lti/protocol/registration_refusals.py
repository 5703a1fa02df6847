"""Why a registration by link fails, in words for the platform's administrator. Knows not how it was found."""

from enum import unique
from typing import Final

from lti_tool.core.errors import Explained, RefusedBecause

NEW_LINK: Final = (
    "Ask the person who looks after Attune for a new link, and paste it into your learning platform."
)
AGAIN: Final = (
    "Remove what your learning platform may have begun, and paste the link there again. It is not used up."
)
BY_HAND: Final = (
    "Please tell the people who run your learning platform. Attune can also be added by hand: the person who "
    "looks after Attune knows how."
)


@unique
class Obstacle(Explained):
    """One for each way a registration can fail: what happened, and what to do next."""

    # The link
    LINK_UNKNOWN = "This registration link opens nothing. A part of it may have been lost.", NEW_LINK
    LINK_USED = "This registration link works once, and it was used already.", NEW_LINK
    LINK_EXPIRED = "This registration link is too old, or it was withdrawn.", NEW_LINK

    # What the platform sent the browser with
    OPENED_DIRECTLY = (
        "This address works only when a learning platform opens it.",
        "Paste it where your learning platform adds a tool by a registration address.",
    )
    CONFIGURATION_ADDRESS_REFUSED = (
        "Your platform describes itself at an address that is not a plain https address.",
        BY_HAND,
    )
    TOKEN_UNREADABLE = "The registration token of your learning platform cannot be read.", AGAIN

    # What the platform says of itself
    CONFIGURATION_WITHHELD = "Your learning platform did not show us its description of itself.", AGAIN
    CONFIGURATION_UNREADABLE = "What your learning platform says of itself cannot be read.", BY_HAND
    CONFIGURATION_INCOMPLETE = "What your learning platform says of itself is not complete.", BY_HAND
    ENDPOINT_REFUSED = "Your learning platform names an address that is not a plain https address.", BY_HAND
    HOSTS_DISAGREE = (
        "Your learning platform goes by the name of another host than the one that answered.",
        BY_HAND,
    )
    ALGORITHM_MISSING = "Your learning platform does not sign in the one way that we trust (RS256).", BY_HAND

    # What it answered to the registration
    PLATFORM_REFUSED = "Your learning platform refused the registration.", AGAIN
    ANSWER_UNREADABLE = (
        "Your learning platform answered the registration with something we cannot read.",
        BY_HAND,
    )


class RegistrationRefused(RefusedBecause):
    """A registration that must not go on. `detail` adds a sentence of facts, never what a platform wrote."""

    code = "registration_refused"

    def __init__(self, obstacle: Obstacle, *, detail: str = "") -> None:
        super().__init__(obstacle, detail=detail)
        self.obstacle = obstacle
