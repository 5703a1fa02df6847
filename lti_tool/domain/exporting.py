"""What a counselor may take out of the house: why, how often, and behind which words. Knows no files."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from lti_tool.core.words import gettext
from lti_tool.core.words import gettext_noop as _


class ExportPurpose(StrEnum):
    """Why files leave. What is not here is no reason."""

    MOVING = "moving"
    CARE_ELSEWHERE = "care_elsewhere"
    ASKED_BY_STUDENT = "asked_by_student"
    LEGAL_DUTY = "legal_duty"

    @property
    def words(self) -> str:
        """How a page says it."""
        return gettext(_WORDS[self])


_WORDS = {
    ExportPurpose.MOVING: _("To move to another installation of Attune"),
    ExportPurpose.CARE_ELSEWHERE: _("Somebody else goes on with the care"),
    ExportPurpose.ASKED_BY_STUDENT: _("The student asked for it"),
    ExportPurpose.LEGAL_DUTY: _("A law or a court asks for it"),
}

DAY = timedelta(days=1)
ARCHIVES_A_DAY = 10
"""Enough for a move course by course, too few to empty a deployment unnoticed."""

PASSPHRASE_LENGTH = 20
PASSPHRASE_CHARACTERS = 8


def wait_before_next(made: Sequence[datetime], at: datetime) -> timedelta | None:
    """How long until one more archive may be made; None when it may be now. `made`: when others were."""
    recent = sorted(moment for moment in made if at - DAY < moment)
    if len(recent) < ARCHIVES_A_DAY:
        return None
    return recent[-ARCHIVES_A_DAY] + DAY - at


def is_strong(passphrase: str) -> bool:
    """Whether it may guard files for years: long, and not the same few letters over and over."""
    return len(passphrase) >= PASSPHRASE_LENGTH and len(set(passphrase)) >= PASSPHRASE_CHARACTERS
