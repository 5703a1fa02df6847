"""The strict verifier: a launch is what LTI says, was made for this login, and is fresh. Time is given."""

from datetime import datetime

from lti_tool.lti.protocol import message
from lti_tool.lti.protocol.claims import CUSTOM, Claims, Message, VerifiedLaunch
from lti_tool.lti.protocol.data_privacy import check_for_user
from lti_tool.lti.protocol.deep_linking import settings_of
from lti_tool.lti.protocol.notices import notices_url_of
from lti_tool.lti.protocol.parties import Expected, check_login, check_parties
from lti_tool.lti.protocol.placement import placement_of
from lti_tool.lti.protocol.reading import free_text
from lti_tool.lti.protocol.roster import memberships_url_of
from lti_tool.lti.protocol.signature import FindKey, signed_claims
from lti_tool.lti.protocol.times import check_times


def verify(token: str, *, expected: Expected, find_key: FindKey, at: datetime) -> VerifiedLaunch:
    """The launch that `token` carries. Raises LaunchRefused; a token is believed in full or not at all."""
    claims = signed_claims(token, find_key)
    check_parties(claims, expected)
    check_times(claims, at.timestamp())
    check_login(claims, expected)
    return _launch(message.message_of(claims), claims, expected)


def _launch(kind: Message, claims: Claims, expected: Expected) -> VerifiedLaunch:
    sub = message.subject_of(claims)
    if kind is Message.DATA_PRIVACY:
        check_for_user(claims, sub=sub)
    return VerifiedLaunch(
        message=kind,
        issuer=expected.issuer,
        client_id=expected.client_id,
        deployment_id=message.deployment_of(claims),
        sub=sub,
        name=free_text(claims.get("name")),
        roles=message.roles_of(claims),
        resource_link=message.resource_link_of(claims) if kind is Message.RESOURCE_LINK else None,
        deep_linking=settings_of(claims, expected) if kind is Message.DEEP_LINKING else None,
        placement=placement_of(claims.get(CUSTOM)),
        context=message.context_of(claims),
        locale=message.locale_of(claims),
        product_family=message.product_family_of(claims),
        memberships_url=memberships_url_of(claims),
        notices_url=notices_url_of(claims),
        claims=claims,
    )
