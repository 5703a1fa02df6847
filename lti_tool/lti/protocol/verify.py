"""The strict verifier: a launch is what LTI says, was made for this login, and is fresh. Time is given."""

from datetime import datetime

from lti_tool.lti.protocol import message
from lti_tool.lti.protocol.claims import Claims, VerifiedLaunch
from lti_tool.lti.protocol.notices import notices_url_of
from lti_tool.lti.protocol.parties import Expected, check_login, check_parties
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
    message.check_message(claims)
    return _launch(claims, expected)


def _launch(claims: Claims, expected: Expected) -> VerifiedLaunch:
    return VerifiedLaunch(
        issuer=expected.issuer,
        client_id=expected.client_id,
        deployment_id=message.deployment_of(claims),
        sub=message.subject_of(claims),
        name=free_text(claims.get("name")),
        roles=message.roles_of(claims),
        resource_link=message.resource_link_of(claims),
        context=message.context_of(claims),
        locale=message.locale_of(claims),
        memberships_url=memberships_url_of(claims),
        notices_url=notices_url_of(claims),
        claims=claims,
    )
