"""Look, raise, work, write, tell, read, destroy. Every read and every step is audited in its transaction."""

from lti_tool.alerts.services.desks import record_desk
from lti_tool.alerts.services.erasing import delete_old_cases, erase_cases, hold_cases, stop_showing
from lti_tool.alerts.services.escalating import escalate_overdue
from lti_tool.alerts.services.looking import asked_first_at, look_at, look_at_all
from lti_tool.alerts.services.opening import ask_for_contact, raise_alert
from lti_tool.alerts.services.reading import CASE_PAGE, QUEUE, Finding, OpenedCase, read_case, read_cases
from lti_tool.alerts.services.sending import send_digests, send_notices
from lti_tool.alerts.services.working import close, hand_over, reopen, take_step
from lti_tool.alerts.services.writing import say_of_case, write_note

__all__ = [
    "CASE_PAGE",
    "QUEUE",
    "Finding",
    "OpenedCase",
    "ask_for_contact",
    "asked_first_at",
    "close",
    "delete_old_cases",
    "erase_cases",
    "escalate_overdue",
    "hand_over",
    "hold_cases",
    "look_at",
    "look_at_all",
    "raise_alert",
    "read_case",
    "read_cases",
    "record_desk",
    "reopen",
    "say_of_case",
    "send_digests",
    "send_notices",
    "stop_showing",
    "take_step",
    "write_note",
]
