"""Brightspace: whom a tool's proof is addressed to, when it asks for an access token.

The audience is shown to its administrator beside the token address (community.d2l.com, “Tool registration,
deployment, and links”). A tool that registered itself is disabled, and a deployment with the security
setting “Anonymous” sends no role in the course (documentation.brightspace.com, “Register an external
learning tool for LTI Advantage”).
"""

from typing import Final
from urllib.parse import urlsplit

from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.quirks.family import Quirks

AUDIENCE: Final = "https://api.brightspace.com/auth/token"
"""The same for all schools, and shown to the administrator beside the token address, which is another."""

_HOST: Final = "auth.brightspace.com"


def token_audience(token_url: str) -> str:
    """The one audience, where the proof goes to Brightspace itself.

    What a platform calls itself must not count: another that took this name would be handed a proof that
    opens a school's Brightspace.
    """
    parts = urlsplit(token_url)
    return AUDIENCE if parts.scheme == "https" and parts.netloc == _HOST else ""


_DEPLOYMENT: Final = _(
    "Make a deployment for the courses that shall have it. Leave the security setting “Anonymous” off: it "
    "holds back the role in the course, too, and without that nobody comes in. Names and e-mail addresses "
    "stay off."
)

QUIRKS: Final = Quirks(
    name="Brightspace",
    codes=frozenset({"desire2learn"}),
    token_audience=token_audience,
    by_hand=(
        _("Admin Tools, Manage Extensibility, LTI Advantage: Register Tool, “Standard”."),
        _("Extensions: deep linking, and names and roles. Not assignments and grades."),
        _DEPLOYMENT,
    ),
    after_registering=(_("Brightspace leaves the new tool disabled: enable it."), _DEPLOYMENT),
)
