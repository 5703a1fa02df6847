"""Read what a platform answers to a registration: the name that it gave us, and where we were installed."""

from dataclasses import dataclass

from lti_tool.core.words import gettext
from lti_tool.lti.protocol.reading import is_identifier, mapping
from lti_tool.lti.protocol.registration_document import LTI_TOOL
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused


@dataclass(frozen=True, slots=True)
class RegistrationAnswer:
    """`deployment_id` is empty where the platform installs a tool later, as a step of its own."""

    client_id: str
    deployment_id: str


def read_answer(document: object) -> RegistrationAnswer:
    """The platform's answer. Raises RegistrationRefused."""
    answer = mapping(document) or {}
    client_id = answer.get("client_id")
    if not is_identifier(client_id):
        detail = gettext("It lacks %(name)s.") % {"name": "client_id"}
        raise RegistrationRefused(Obstacle.ANSWER_UNREADABLE, detail=detail)
    configuration = mapping(answer.get(LTI_TOOL)) or {}
    return RegistrationAnswer(str(client_id), _deployment_id(configuration.get("deployment_id")))


def _deployment_id(deployment_id: object) -> str:
    if deployment_id is None or deployment_id == "":
        return ""
    if not is_identifier(deployment_id):
        detail = gettext("Its deployment_id is none.")
        raise RegistrationRefused(Obstacle.ANSWER_UNREADABLE, detail=detail)
    return str(deployment_id)
