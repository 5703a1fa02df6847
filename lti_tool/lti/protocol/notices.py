"""Notices: what a platform tells us without a person. Knows nothing of HTTP or of how they are asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lti_tool.lti.protocol import claims as c
from lti_tool.lti.protocol import message
from lti_tool.lti.protocol.addresses import service_address
from lti_tool.lti.protocol.parties import Parties, check_parties
from lti_tool.lti.protocol.reading import mapping
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.protocol.signature import FindKey, signed_claims
from lti_tool.lti.protocol.times import check_times

CONTEXT_COPY: Final = "LtiContextCopyNotice"


@dataclass(frozen=True, slots=True)
class CopyNotice:
    """A course was made, or filled, from others. Which these were is not read: nothing follows from it."""

    deployment_id: str
    context: c.ContextClaim


def notices_url_of(claims: c.Claims) -> str:
    """Where we may ask to be told of copied courses; empty where the platform does not offer it."""
    offered = mapping(claims.get(c.NOTIFICATION_SERVICE)) or {}
    kinds = offered.get("notice_types_supported")
    tells_of_copies = isinstance(kinds, list) and CONTEXT_COPY in kinds
    return service_address(offered.get("platform_notification_service_url")) if tells_of_copies else ""


def verify_notice(token: str, *, expected: Parties, find_key: FindKey, at: datetime) -> CopyNotice:
    """The notice that `token` carries. Raises LaunchRefused; it is believed in full or not at all.

    It says who sent it and when as a launch does. There is no login that it could answer.
    """
    claims = signed_claims(token, find_key)
    check_parties(claims, expected)
    check_times(claims, at.timestamp())
    if claims.get(c.VERSION) != "1.3.0":
        raise LaunchRefused(Reason.VERSION_WRONG)
    if (mapping(claims.get(c.NOTICE)) or {}).get("type") != CONTEXT_COPY:
        raise LaunchRefused(Reason.NOTICE_NOT_SUPPORTED)
    context = message.context_of(claims)
    if context is None:
        raise LaunchRefused(Reason.CONTEXT_MALFORMED)
    return CopyNotice(message.deployment_of(claims), context)


def token_of(entry: object) -> str:
    """The signed notice in one entry of a delivery. Raises LaunchRefused."""
    token = (mapping(entry) or {}).get("jwt")
    if not isinstance(token, str):
        raise LaunchRefused(Reason.TOKEN_MISSING)
    return token
