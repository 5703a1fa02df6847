"""Withdraw when a person asks; let go of what is over when the clock does."""

from lti_tool.privacy.services.sweeping import Due, SweepIncomplete, due, sweep, sweep_kind
from lti_tool.privacy.services.withdrawing import withdraw

__all__ = ["Due", "SweepIncomplete", "due", "sweep", "sweep_kind", "withdraw"]
