"""A registration document in plain words, for who is about to send it. Knows nothing of pages."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.protocol.claims import Message
from lti_tool.lti.protocol.registration_document import LTI_TOOL, NAME_CLAIM, Document
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER

_MESSAGES: Final = {
    Message.RESOURCE_LINK: _("Open Attune from a course."),
    Message.DEEP_LINKING: _("Let an instructor pick what to place."),
    Message.DATA_PRIVACY: _("Open a person's own record from their privacy page."),
}
_PSEUDONYM: Final = _(
    "A code that stands for the person, and their role in the course. No name, no e-mail address."
)
_NAME: Final = _(
    "A code that stands for the person, their name, and their role in the course. No e-mail address."
)
_SERVICES: Final = {
    ROSTER: _("Read a course list, to tell how large the course is and who has left it. No list is kept."),
    NOTICES: _("Be told of copied courses, so that nothing of last term is taken for this one."),
}


def asked_for(document: Document) -> list[tuple[str, str]]:
    """What each part of the registration asks of the platform: term and text."""
    configuration = document[LTI_TOOL]
    messages = (str(_MESSAGES[message["type"]]) for message in configuration["messages"])
    person = _NAME if NAME_CLAIM in configuration["claims"] else _PSEUDONYM
    return [
        # Translators: above sentences such as “Open Attune from a course.”
        (gettext("Your platform will"), " ".join(messages)),
        (gettext("What it tells us of people"), str(person)),
        (gettext("Services"), _services(document["scope"].split())),
        (gettext("Grades"), gettext("Neither read nor written.")),
    ]


def _services(scopes: Sequence[str]) -> str:
    offered = (str(words) for scope, words in _SERVICES.items() if scope in scopes)
    return " ".join(offered) or pgettext("services", "None.")
