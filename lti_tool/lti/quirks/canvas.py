"""Canvas: where it shows a tool, how much it tells of a person, under which names its cloud speaks.

By its own documents: doc/api/registration.md and doc/api/lti_dev_key_config.md in instructure/canvas-lms.
"""

from typing import Any, Final

from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.protocol.claims import Message
from lti_tool.lti.protocol.registration_document import LTI_TOOL, Document, Tool
from lti_tool.lti.protocol.scopes import SCOPES
from lti_tool.lti.quirks.family import Quirks

_OWN: Final = "https://canvas.instructure.com/lti/"
PRIVACY_LEVEL: Final = f"{_OWN}privacy_level"
TOOL_ID: Final = f"{_OWN}tool_id"
NAVIGATION_BY_DEFAULT: Final = f"{_OWN}course_navigation/default_enabled"

PLACEMENTS: Final = {
    Message.RESOURCE_LINK: ("course_navigation",),
    Message.DEEP_LINKING: ("link_selection", "assignment_selection"),
}

# All schools of the cloud share these issuers; a school's own host, or that of the sign-in, describes them.
_CLOUD_ISSUERS: Final = frozenset(
    f"https://canvas.{stage}instructure.com" for stage in ("", "beta.", "test.")
)
_CLOUD_HOSTS: Final = (".instructure.com", ".canvaslms.com")
_CLOUD_PAGES: Final = "https://*.instructure.com"


def amended(document: Document, *, names: bool) -> Document:
    """The registration with placements and a privacy level. A course's menu waits for its teacher.

    A message without a place of its own is left out: it would take the place of another.
    """
    configuration = document[LTI_TOOL]
    own = {
        "messages": [
            _placed(message) for message in configuration["messages"] if message["type"] in PLACEMENTS
        ],
        PRIVACY_LEVEL: _privacy_level(names=names),
        TOOL_ID: "attune",
    }
    return {**document, LTI_TOOL: {**configuration, **own}}


def speaks_for(host: str, issuer: str) -> bool:
    """Whether a host of the cloud describes the issuer that all its schools share."""
    return issuer in _CLOUD_ISSUERS and host.endswith(_CLOUD_HOSTS)


def more_origins(issuer: str) -> list[str]:
    """Where pages of the cloud live beyond what it says of itself: each school has a host of its own."""
    return [_CLOUD_PAGES] if issuer in _CLOUD_ISSUERS else []


def developer_key(tool: Tool) -> Document:
    """The configuration of a developer key, for who adds the tool by hand."""
    return {
        "title": tool.name,
        "description": tool.description,
        "target_link_uri": tool.launch_url,
        "oidc_initiation_url": tool.login_url,
        "public_jwk_url": tool.jwks_url,
        "scopes": list(SCOPES),
        "custom_fields": {},
        "extensions": [
            {
                "platform": "canvas.instructure.com",
                "domain": tool.domain,
                "tool_id": "attune",
                "privacy_level": _privacy_level(names=False),
                "settings": {
                    "text": tool.name,
                    "icon_url": tool.logo_url,
                    "placements": _key_placements(tool),
                },
            }
        ],
    }


def _placed(message: dict[str, Any]) -> dict[str, Any]:
    placements = list(PLACEMENTS[message["type"]])
    menu = {NAVIGATION_BY_DEFAULT: False} if "course_navigation" in placements else {}
    return {**message, "placements": placements, **menu}


def _key_placements(tool: Tool) -> list[dict[str, Any]]:
    return [
        {
            "placement": placement,
            "message_type": kind,
            "target_link_uri": tool.launch_url,
            "text": tool.name,
            # Canvas' word for: in no course's menu until a teacher puts it there.
            **({"default": "disabled"} if placement == "course_navigation" else {}),
        }
        for kind, placements in PLACEMENTS.items()
        for placement in placements
    ]


def _privacy_level(*, names: bool) -> str:
    return "name_only" if names else "anonymous"


QUIRKS: Final = Quirks(
    name="Canvas",
    codes=frozenset({"canvas"}),
    amended=amended,
    speaks_for=speaks_for,
    more_origins=more_origins,
    by_hand=(
        _(
            "Admin, Developer Keys, + LTI Key, method “Enter URL”: the address of the JSON above. Redirect "
            "URI: the launch URL."
        ),
        _("Switch the key on, then Settings, Apps, + App, “By client ID”."),
        _(
            "The issuer is https://canvas.instructure.com for every school in the cloud. The deployment ID "
            "is in the menu beside the installed app."
        ),
    ),
    after_registering=(
        _(
            "Look through Canvas' summary, enable the tool, and install it in an account or a course: a "
            "deployment ID exists only then."
        ),
        _("In each course a teacher shows it in the menu: Settings, Navigation."),
    ),
    worth_knowing=(
        _("Its observers arrive as mentors, and are often parents. No role makes a counselor here."),
        _("A school's own domain is not known from its registration: add it to the frame origins."),
    ),
)
