"""Withdraw when a person asks; let go of traces of visits when the clock does."""

from lti_tool.privacy.services.keeping import delete_old_visits
from lti_tool.privacy.services.withdrawing import withdraw

__all__ = ["delete_old_visits", "withdraw"]
