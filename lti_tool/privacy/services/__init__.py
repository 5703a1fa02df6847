"""Withdraw or collect when a person asks; let go of what is over when the clock does."""

from lti_tool.privacy.services.collecting import collect
from lti_tool.privacy.services.sweeping import Due, SweepIncomplete, due, sweep, sweep_kind
from lti_tool.privacy.services.withdrawing import hide_check_ins, withdraw, withdraw_purpose

__all__ = [
    "Due",
    "SweepIncomplete",
    "collect",
    "due",
    "hide_check_ins",
    "sweep",
    "sweep_kind",
    "withdraw",
    "withdraw_purpose",
]
