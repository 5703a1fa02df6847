"""What a launch asks for, and from where. Knows nothing of how it was signed."""

from typing import Final

from lti_tool.lti.protocol import claims as c
from lti_tool.lti.protocol.reading import family_in, free_text, identifier, is_identifier, mapping
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

MAX_ROLES: Final = 100
MAX_LOCALE: Final = 35


# The name that platforms took from another draft of the same message.
OTHER_NAMES: Final = {"LtiDataPrivacyLaunchRequest": c.Message.DATA_PRIVACY}
# Real messages of the LTI family that this tool does not answer: told apart from nonsense.
NOT_ANSWERED: Final = {
    "LtiSubmissionReviewRequest": Reason.NO_SUBMISSIONS,
    "LtiStartProctoring": Reason.NO_PROCTORING,
    "LtiEndAssessment": Reason.NO_PROCTORING,
    "LtiAssetProcessorSettingsRequest": Reason.NO_ASSETS,
    "LtiReportReviewRequest": Reason.NO_ASSETS,
    "LtiEulaRequest": Reason.NO_ASSETS,
    "LtiContextLaunchRequest": Reason.NO_COURSE_PAGE,
}


def message_of(claims: c.Claims) -> c.Message:
    """What the platform sends somebody for. Raises LaunchRefused for what this tool does not answer."""
    kind = claims.get(c.MESSAGE_TYPE)
    if not kind or not isinstance(kind, str):
        raise LaunchRefused(Reason.MESSAGE_TYPE_MISSING)
    if kind in NOT_ANSWERED:
        raise LaunchRefused(NOT_ANSWERED[kind])
    if kind not in {*c.Message, *OTHER_NAMES}:
        raise LaunchRefused(Reason.MESSAGE_TYPE_UNKNOWN)
    if claims.get(c.VERSION) != "1.3.0":
        raise LaunchRefused(Reason.VERSION_WRONG)
    return OTHER_NAMES.get(kind) or c.Message(kind)


def deployment_of(claims: c.Claims) -> str:
    """Where in the platform the tool is installed."""
    return identifier(
        claims.get(c.DEPLOYMENT_ID), missing=Reason.DEPLOYMENT_MISSING, malformed=Reason.DEPLOYMENT_UNKNOWN
    )


def subject_of(claims: c.Claims) -> str:
    """Who launches, as the platform names them. A launch of nobody is refused."""
    return identifier(claims.get("sub"), missing=Reason.SUBJECT_MISSING, malformed=Reason.SUBJECT_MALFORMED)


def roles_of(claims: c.Claims) -> tuple[str, ...]:
    """The roles of this launch; there may be none."""
    roles = claims.get(c.ROLES)
    if roles is None:
        raise LaunchRefused(Reason.ROLES_MISSING)
    if not isinstance(roles, list) or len(roles) > MAX_ROLES or not all(map(is_identifier, roles)):
        raise LaunchRefused(Reason.ROLES_MALFORMED)
    return tuple(roles)


def resource_link_of(claims: c.Claims) -> c.LinkClaim:
    """The link from which the tool was opened."""
    value = claims.get(c.RESOURCE_LINK)
    if value is None:
        raise LaunchRefused(Reason.RESOURCE_LINK_MISSING)
    link = mapping(value)
    if link is None:
        raise LaunchRefused(Reason.RESOURCE_LINK_MALFORMED)
    malformed = Reason.RESOURCE_LINK_MALFORMED
    link_id = identifier(link.get("id"), missing=Reason.RESOURCE_LINK_MISSING, malformed=malformed)
    return c.LinkClaim(link_id, free_text(link.get("title")))


def context_of(claims: c.Claims) -> c.ContextClaim | None:
    """The course; a link may stand outside of any."""
    value = claims.get(c.CONTEXT)
    if value is None:
        return None
    context = mapping(value) or {}
    malformed = Reason.CONTEXT_MALFORMED
    context_id = identifier(context.get("id"), missing=malformed, malformed=malformed)
    return c.ContextClaim(context_id, free_text(context.get("title")) or free_text(context.get("label")))


def product_family_of(claims: c.Claims) -> str:
    """What kind of platform it says it is, or nothing."""
    return family_in(mapping(claims.get(c.TOOL_PLATFORM)) or {})


def locale_of(claims: c.Claims) -> str:
    """The language that the platform shows to the person, or nothing."""
    presentation = mapping(claims.get(c.LAUNCH_PRESENTATION)) or {}
    return free_text(presentation.get("locale"))[:MAX_LOCALE]
