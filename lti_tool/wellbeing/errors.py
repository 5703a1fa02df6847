"""Why nothing of the calm corner was kept."""

from lti_tool.core.errors import BadInput
from lti_tool.core.words import gettext_noop as _


class AnswerUnknown(BadInput):
    """Not an exercise, an answer or a moment that we know."""

    code = "answer_unknown"
    message = _("We do not know that answer. Nothing was kept.")
    next_step = _("Go back to the calm corner and choose again.")
