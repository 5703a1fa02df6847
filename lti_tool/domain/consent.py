"""What a student can say yes to, and when an answer still holds. Knows no pages and no database."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """One thing a student may allow. The last two are about what the camera measured: they need the first."""

    CAMERA = "camera"
    COUNSELOR = "counselor"
    CLASS = "class"


class Problem(StrEnum):
    """Why a yes cannot be taken as it is."""

    CAMERA_NOT_CHOSEN = "camera_not_chosen"
    ADULT_NOT_CONFIRMED = "adult_not_confirmed"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text that was shown: its version for people, its hash for proof."""

    version: str
    hash: str

    def is_same_as(self, *, version: str, hash: str) -> bool:
        """False asks again: an answer holds only for the words that were read."""
        return (self.version, self.hash) == (version, hash)


def problems(purposes: Collection[Purpose], *, adult_confirmed: bool) -> tuple[Problem, ...]:
    """What keeps these choices from being a valid yes; empty when nothing does."""
    found = []
    if Purpose.CAMERA not in purposes:
        found.append(Problem.CAMERA_NOT_CHOSEN)
    if not adult_confirmed:
        found.append(Problem.ADULT_NOT_CONFIRMED)
    return tuple(found)


def allows(purposes: Collection[Purpose], purpose: Purpose) -> bool:
    """Whether these choices allow a purpose. Nothing is allowed without the camera."""
    return Purpose.CAMERA in purposes and purpose in purposes
