"""When one file is opened in an emergency: why, for whom and how long. Knows no rows and no clock.

"Break glass" is for the hour in which somebody's life may depend on it. It is narrower than every other way
in: one file, one counselor, hours, and the student reads of it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from lti_tool.domain.jurisdictions import Sharing

USUALLY: Final = timedelta(hours=4)
LONGEST: Final = timedelta(hours=12)
"""One night on duty. Who needs longer asks again, and is written down again."""

REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{2,39}")
"""The number of a case in a system of their own. Without blanks, so that nobody writes a story or a name."""


class EmergencyReason(StrEnum):
    """Why it cannot wait. What is not here is no emergency (34 CFR 99.36; GDPR 9(2)(c))."""

    DANGER_TO_OWN_LIFE = "danger_to_own_life"
    DANGER_TO_OTHERS = "danger_to_others"
    PERSON_MISSING = "person_missing"


class EmergencyObstacle(StrEnum):
    """Why it is not opened."""

    SWITCHED_OFF = "switched_off"
    ERASED = "erased"
    OWN_FILE = "own_file"
    NO_COUNSELOR = "no_counselor"
    TEACHES_HERE = "teaches_here"
    FORBIDDEN_HERE = "forbidden_here"
    NEVER_TOLD = "never_told"
    NO_REFERENCE = "no_reference"
    TOO_LONG = "too_long"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Situation:
    """A file and who is to read it, at a moment. `counsels`: by our own grant, anywhere in the deployment."""

    switched_on: bool
    file_open: bool
    own_file: bool
    counsels: bool
    teaches_here: bool
    sharing: Sharing
    shared: bool
    told: bool

    @property
    def obstacle(self) -> EmergencyObstacle | None:
        """What stands in the way, if anything. Judged when it is granted and again at every read."""
        standing = {
            EmergencyObstacle.SWITCHED_OFF: not self.switched_on,
            EmergencyObstacle.ERASED: not self.file_open,
            EmergencyObstacle.OWN_FILE: self.own_file,
            EmergencyObstacle.NO_COUNSELOR: not self.counsels,
            EmergencyObstacle.TEACHES_HERE: self.teaches_here,
            # Where the law lets nobody but the student bring a record before a counselor, it stays so.
            EmergencyObstacle.FORBIDDEN_HERE: self.sharing is Sharing.BY_OWN_ACT and not self.shared,
            # A yes to "only if you choose" is a promise.
            EmergencyObstacle.NEVER_TOLD: not self.told,
        }
        return next((obstacle for obstacle, stands in standing.items() if stands), None)


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when, unless it was ended before."""

    begins: datetime
    expires: datetime
    ended: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether a read at this moment lies in it."""
        return self.begins <= at < min(self.expires, self.ended or self.expires)


def obstacle_in_order(*, lasts: timedelta, reference: str) -> EmergencyObstacle | None:
    """What is wrong with what an administrator asks for."""
    if not REFERENCE.fullmatch(reference):
        return EmergencyObstacle.NO_REFERENCE
    if not timedelta(0) < lasts <= LONGEST:
        return EmergencyObstacle.TOO_LONG
    return None
