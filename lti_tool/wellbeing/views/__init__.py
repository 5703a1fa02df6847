"""The calm corner and the check-in."""

from lti_tool.wellbeing.views.calm import answer, calm, forget, prompt, prompt_reply, switch
from lti_tool.wellbeing.views.check_in import check_in, checked_in, delete_check_in

__all__ = [
    "answer",
    "calm",
    "check_in",
    "checked_in",
    "delete_check_in",
    "forget",
    "prompt",
    "prompt_reply",
    "switch",
]
