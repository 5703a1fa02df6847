"""Sakai: offers more than its description of itself says, and joins the roles of its course list.

Read in its source, sakaiproject/sakai, 2025: `LTI13Servlet.handleWellKnown` describes it by the scope
“openid” and two claims only, though `handleNamesAndRoles` serves course lists, where `mapOutboundRole`
gives all roles of a person as one text
(“Learner,http://purl.imsglobal.org/vocab/lis/v2/membership#Learner”). It calls itself “sakailms.org” when
it registers a tool, and “sakai” in a launch. `SakaiLTIUtil.getIssuer` gives a tool that was added in one
site an issuer of its own, and `getDeploymentId` says “1” unless it is configured.
"""

from typing import Final

from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.protocol.registration_document import (
    LTI_TOOL,
    NAME_CLAIM,
    NEEDED_CLAIMS,
    Document,
)
from lti_tool.lti.protocol.scopes import ROSTER
from lti_tool.lti.quirks.family import Quirks


def amended(document: Document, *, names: bool) -> Document:
    """The registration with what Sakai offers and does not list."""
    scopes = dict.fromkeys([*document["scope"].split(), ROSTER])
    claims = [*NEEDED_CLAIMS, *([NAME_CLAIM] if names else [])]
    return {**document, "scope": " ".join(scopes), LTI_TOOL: {**document[LTI_TOOL], "claims": claims}}


QUIRKS: Final = Quirks(
    name="Sakai",
    codes=frozenset({"sakai", "sakailms.org"}),
    amended=amended,
    role_separator=",",
    by_hand=(
        _(
            "Administration Workspace, External Tools: Install LTI 1.3 Tool. Added there, and not inside one "
            "site, it has one issuer for all sites."
        ),
        _("Tick “Provide Roster to External Tool”. Leave names, e-mail addresses and grades off."),
        _(
            "Save, open the tool again, and copy what it shows. The deployment ID is 1 unless Sakai was "
            "configured otherwise."
        ),
    ),
    after_registering=(
        _("Look through the tool that Sakai drafted, tick “Provide Roster to External Tool”, and save it."),
    ),
    worth_knowing=(
        _(
            "A tool that was added inside one site has an issuer of its own, which ends in /site/ and the "
            "site. It is another platform here, with people and approvals of its own."
        ),
    ),
)
