"""What a verified launch says, as frozen values. Knows nothing of how it was verified."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from lti_tool.lti.protocol.placement import Placement

_LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"
_DEEP_LINKING: Final = "https://purl.imsglobal.org/spec/lti-dl/claim/"

MESSAGE_TYPE: Final = f"{_LTI}message_type"
VERSION: Final = f"{_LTI}version"
DEPLOYMENT_ID: Final = f"{_LTI}deployment_id"
TARGET_LINK_URI: Final = f"{_LTI}target_link_uri"
RESOURCE_LINK: Final = f"{_LTI}resource_link"
ROLES: Final = f"{_LTI}roles"
CONTEXT: Final = f"{_LTI}context"
LAUNCH_PRESENTATION: Final = f"{_LTI}launch_presentation"
TOOL_PLATFORM: Final = f"{_LTI}tool_platform"
NAMES_AND_ROLES: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
NOTIFICATION_SERVICE: Final = f"{_LTI}platformnotificationservice"
NOTICE: Final = f"{_LTI}notice"
FOR_USER: Final = f"{_LTI}for_user"
CUSTOM: Final = f"{_LTI}custom"
DEEP_LINKING_SETTINGS: Final = f"{_DEEP_LINKING}deep_linking_settings"
DEEP_LINKING_DATA: Final = f"{_DEEP_LINKING}data"
CONTENT_ITEMS: Final = f"{_DEEP_LINKING}content_items"


class Message(StrEnum):
    """What a platform sends somebody for: the messages that this tool answers."""

    RESOURCE_LINK = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    DATA_PRIVACY = "DataPrivacyLaunchRequest"


Claims = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LinkClaim:
    """The place in a course from which the tool was opened."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ContextClaim:
    """The course."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class DeepLinkingSettings:
    """Where the answer goes, and what goes back with it. The address opens the platform: never print it."""

    return_url: str = field(repr=False)
    data: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerifiedLaunch:
    """A message that passed every check. `claims` is the whole body, for the wire library.

    A resource link comes with that message alone, and so do settings with deep linking.
    """

    message: Message
    issuer: str
    client_id: str
    deployment_id: str
    sub: str
    name: str
    roles: tuple[str, ...]
    resource_link: LinkClaim | None
    deep_linking: DeepLinkingSettings | None
    placement: Placement
    context: ContextClaim | None
    locale: str
    product_family: str
    memberships_url: str
    notices_url: str
    claims: Claims = field(repr=False)
