"""The claims of a well-formed LTI message. Knows nothing of signatures or of how a message travels."""

from enum import Enum
from typing import Any

from tests.platform.people import COURSE, Person
from tests.platform.tools import ResourceLink, Tool

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP_LINKING_SETTINGS = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"
NAMES_AND_ROLES = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
NOTICE_HANDLERS_SCOPE = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"
CONTEXT_COPY = "LtiContextCopyNotice"
NOTICE_KINDS = (CONTEXT_COPY, "LtiHelloWorldNotice")
PRODUCT_FAMILY = "attune-demo"
TOKEN_LIFETIME_S = 60

_REGISTERED = frozenset(
    ["iss", "sub", "aud", "azp", "exp", "iat", "nbf", "nonce", "name", "given_name", "family_name", "email"],
)


class Message(Enum):
    RESOURCE_LINK = "LtiResourceLinkRequest"
    DEEP_LINKING = "LtiDeepLinkingRequest"
    DATA_PRIVACY = "LtiDataPrivacyLaunchRequest"


def claim_name(short: str) -> str:
    """Spell out a claim: `roles` is an LTI claim, `exp` and whole addresses stay as they are."""
    return short if short in _REGISTERED or ":" in short else LTI + short


def registered_claims(*, issuer: str, tool: Tool, person: Person, nonce: str, now: int) -> dict[str, Any]:
    return {
        "iss": issuer,
        "sub": person.sub,
        "aud": tool.client_id,
        "azp": tool.client_id,
        "iat": now,
        "exp": now + TOKEN_LIFETIME_S,
        "nonce": nonce,
    }


def name_claims(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "email": person.email,
    }


def common_claims(
    *,
    message: Message,
    issuer: str,
    tool: Tool,
    person: Person,
    target_link_uri: str,
    in_window: bool,
    locale: str,
) -> dict[str, Any]:
    return {
        LTI + "message_type": message.value,
        LTI + "version": "1.3.0",
        LTI + "deployment_id": tool.deployment_id,
        LTI + "target_link_uri": target_link_uri,
        LTI + "roles": list(person.roles),
        LTI + "context": _context(),
        LTI + "tool_platform": _tool_platform(issuer),
        LTI + "launch_presentation": _presentation(issuer, person, in_window, locale),
        NAMES_AND_ROLES: {
            "context_memberships_url": f"{issuer}/nrps/{COURSE.context_id}/memberships",
            "service_versions": ["2.0"],
        },
        LTI + "platformnotificationservice": _notification_service(issuer, tool.deployment_id),
        **({LTI + "role_scope_mentor": list(person.mentor_of)} if person.mentor_of else {}),
    }


def resource_link_claims(link: ResourceLink, tool: Tool) -> dict[str, Any]:
    return {
        LTI + "resource_link": {"id": link.id, "title": link.title, "description": link.text},
        LTI + "custom": {"course_label": COURSE.label, **tool.custom, **link.custom},
    }


def deep_linking_claims(return_url: str, data: str) -> dict[str, Any]:
    return {
        DEEP_LINKING_SETTINGS: {
            "deep_link_return_url": return_url,
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["iframe", "window"],
            "accept_multiple": True,
            "auto_create": True,
            "data": data,
        }
    }


def data_privacy_claims(person: Person) -> dict[str, Any]:
    return {LTI + "for_user": {"user_id": person.sub}}


def _context() -> dict[str, Any]:
    return {
        "id": COURSE.context_id,
        "label": COURSE.label,
        "title": COURSE.title,
        "type": ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
    }


def _tool_platform(issuer: str) -> dict[str, str]:
    return {
        "guid": issuer,
        "name": "Brightwater College (demonstration)",
        "product_family_code": PRODUCT_FAMILY,
        "version": "1.0",
    }


def _presentation(issuer: str, person: Person, in_window: bool, locale: str) -> dict[str, str]:
    return {
        "document_target": "window" if in_window else "iframe",
        "locale": locale,
        "return_url": f"{issuer}/course/{person.sub}/",
    }


def _notification_service(issuer: str, deployment_id: str) -> dict[str, Any]:
    return {
        "service_versions": ["1.0"],
        "platform_notification_service_url": f"{issuer}/notice-handlers/{deployment_id}",
        "scope": [NOTICE_HANDLERS_SCOPE],
        "notice_types_supported": list(NOTICE_KINDS),
    }
