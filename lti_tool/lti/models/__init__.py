"""Platforms, deployments, courses and people, as their platform names them, and the launches they made."""

from lti_tool.lti.models.counselors import CounselorGrant, CounselorInvitation, InvitationState
from lti_tool.lti.models.courses import Context, ResourceLink
from lti_tool.lti.models.keys import ToolKey
from lti_tool.lti.models.people import PlatformUser
from lti_tool.lti.models.platforms import (
    Deployment,
    DeploymentState,
    Registration,
    RegistrationLink,
)
from lti_tool.lti.models.visits import DeepLinkingRequest, Launch, LoginAttempt, TabPass

__all__ = [
    "Context",
    "CounselorGrant",
    "CounselorInvitation",
    "DeepLinkingRequest",
    "Deployment",
    "DeploymentState",
    "InvitationState",
    "Launch",
    "LoginAttempt",
    "PlatformUser",
    "Registration",
    "RegistrationLink",
    "ResourceLink",
    "TabPass",
    "ToolKey",
]
