"""Blackboard: all schools share one issuer, and each has pages of its own.

A tool is registered once with Blackboard itself, which gives one client ID for all schools; a school adds
it by that ID and is known by its deployment ID
(docs.anthology.com/docs/blackboard/lti/1.3/register-an-application).
"""

from typing import Final

from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.quirks.family import Quirks

ISSUER: Final = "https://blackboard.com"
_CLOUD_PAGES: Final = "https://*.blackboard.com"


def more_origins(issuer: str) -> list[str]:
    """Where pages of the cloud live; a school with a domain of its own has to be added by hand."""
    return [_CLOUD_PAGES] if issuer == ISSUER else []


QUIRKS: Final = Quirks(
    name="Blackboard",
    codes=frozenset({"blackboardlearn"}),
    more_origins=more_origins,
    by_hand=(
        _(
            "The person who looks after Attune registers it once at developer.anthology.com, with the "
            "addresses above and signing algorithm RS256, and gives you the client ID."
        ),
        _("Administrator tools, LTI Tool Providers: Register LTI 1.3/Advantage Tool, by that client ID."),
        _(
            "Status “Approved”; user fields to send: the role in the course only; grade service “No”, "
            "membership service “Yes”."
        ),
        _("Give back the deployment ID. The rest is the same for every school."),
    ),
    worth_knowing=(
        _(
            "All its schools share one issuer and one client ID: what tells them apart is the deployment ID. "
            "Approve only those that you were told of."
        ),
    ),
)
