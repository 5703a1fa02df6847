"""Deep linking 2.0: what a platform asks for, and what we answer. Knows nothing of keys, pages or time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from lti_tool.lti.protocol import claims as c
from lti_tool.lti.protocol.parties import Expected
from lti_tool.lti.protocol.placement import Placement
from lti_tool.lti.protocol.reading import mapping
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.protocol.return_address import return_address

ITEM_TYPE: Final = "ltiResourceLink"
ANSWER_LIFETIME: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ContentItem:
    """One link to be placed in a course."""

    title: str
    url: str
    placement: Placement

    def as_claim(self) -> dict[str, object]:
        """As the platform reads it."""
        return {
            "type": ITEM_TYPE,
            "title": self.title,
            "url": self.url,
            "custom": self.placement.as_custom(),
        }


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers whom: our name with the platform, and where in it we are installed."""

    client_id: str
    issuer: str
    deployment_id: str


def settings_of(claims: c.Claims, expected: Expected) -> c.DeepLinkingSettings:
    """What a deep linking request asks for. Raises LaunchRefused."""
    settings = mapping(claims.get(c.DEEP_LINKING_SETTINGS))
    if not settings:
        raise LaunchRefused(Reason.DEEP_LINKING_SETTINGS_MISSING)
    accepted = settings.get("accept_types")
    if not isinstance(accepted, list) or ITEM_TYPE not in accepted:
        raise LaunchRefused(Reason.LINKS_NOT_ACCEPTED)
    address = return_address(
        settings.get("deep_link_return_url"), issuer=expected.issuer, frame_origins=expected.frame_origins
    )
    return c.DeepLinkingSettings(address, settings.get("data"))


def answer_claims(
    *, answerer: Answerer, items: Sequence[ContentItem], data: object, nonce: str, at: datetime
) -> c.Claims:
    """The body of an LtiDeepLinkingResponse. No items: nothing was chosen. `data` goes back as it came."""
    claims: c.Claims = {
        "iss": answerer.client_id,
        "aud": answerer.issuer,
        "nonce": nonce,
        "iat": int(at.timestamp()),
        "exp": int((at + ANSWER_LIFETIME).timestamp()),
        c.MESSAGE_TYPE: "LtiDeepLinkingResponse",
        c.VERSION: "1.3.0",
        c.DEPLOYMENT_ID: answerer.deployment_id,
        c.CONTENT_ITEMS: [item.as_claim() for item in items],
    }
    return claims if data is None else {**claims, c.DEEP_LINKING_DATA: data}
