"""What a verified launch says, as frozen values. Knows nothing of how it was verified."""

from dataclasses import dataclass
from typing import Any, Final

_LTI: Final = "https://purl.imsglobal.org/spec/lti/claim/"

MESSAGE_TYPE: Final = f"{_LTI}message_type"
VERSION: Final = f"{_LTI}version"
DEPLOYMENT_ID: Final = f"{_LTI}deployment_id"
TARGET_LINK_URI: Final = f"{_LTI}target_link_uri"
RESOURCE_LINK: Final = f"{_LTI}resource_link"
ROLES: Final = f"{_LTI}roles"
CONTEXT: Final = f"{_LTI}context"
LAUNCH_PRESENTATION: Final = f"{_LTI}launch_presentation"
NAMES_AND_ROLES: Final = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
NOTIFICATION_SERVICE: Final = f"{_LTI}platformnotificationservice"
NOTICE: Final = f"{_LTI}notice"
ORIGIN_CONTEXTS: Final = f"{_LTI}origin_contexts"

RESOURCE_LINK_REQUEST: Final = "LtiResourceLinkRequest"
SUPPORTED_MESSAGES: Final = frozenset({RESOURCE_LINK_REQUEST})
# Real messages of the LTI family that this tool does not answer (yet): told apart from nonsense.
OTHER_MESSAGES: Final = frozenset(
    {
        "LtiDeepLinkingRequest",
        "LtiSubmissionReviewRequest",
        "LtiStartProctoring",
        "LtiEndAssessment",
        "LtiAssetProcessorSettingsRequest",
        "LtiReportReviewRequest",
        "LtiEulaRequest",
        "LtiContextLaunchRequest",
        "DataPrivacyLaunchRequest",
        "LtiDataPrivacyLaunchRequest",
    }
)

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
class VerifiedLaunch:
    """A resource link launch that passed every check. `claims` is the whole body, for the wire library."""

    issuer: str
    client_id: str
    deployment_id: str
    sub: str
    name: str
    roles: tuple[str, ...]
    resource_link: LinkClaim
    context: ContextClaim | None
    locale: str
    memberships_url: str
    notices_url: str
    claims: Claims
