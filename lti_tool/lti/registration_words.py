"""A registration document in plain words, for who is about to send it. Knows nothing of pages."""

from typing import Final

from lti_tool.lti.protocol.claims import RESOURCE_LINK_REQUEST
from lti_tool.lti.protocol.registration_document import (
    DEEP_LINKING_REQUEST,
    LTI_TOOL,
    NAME_CLAIM,
    NAMES_AND_ROLES,
    Document,
)

_MESSAGES: Final = {
    RESOURCE_LINK_REQUEST: "Open Attune from a course.",
    DEEP_LINKING_REQUEST: "Let an instructor pick what to place.",
}
_PSEUDONYM: Final = (
    "A code that stands for the person, and their role in the course. No name, no e-mail address."
)
_NAME: Final = (
    "A code that stands for the person, their name, and their role in the course. No e-mail address."
)
_ROSTER: Final = "Read who is in a course, to tell how large it is."


def asked_for(document: Document) -> list[tuple[str, str]]:
    """What each part of the registration asks of the platform: term and text."""
    configuration = document[LTI_TOOL]
    return [
        ("Your platform will", " ".join(_MESSAGES[message["type"]] for message in configuration["messages"])),
        ("What it tells us of people", _NAME if NAME_CLAIM in configuration["claims"] else _PSEUDONYM),
        ("Services", _ROSTER if NAMES_AND_ROLES in document["scope"].split() else "None."),
        ("Grades", "Neither read nor written."),
    ]
