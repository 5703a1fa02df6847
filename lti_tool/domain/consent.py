"""What a student can say yes to, and when an answer still holds. Knows no pages and no database."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lti_tool.domain.jurisdictions import Sharing


class Purpose(StrEnum):
    """One thing a student may allow. The last two are about what the camera measured: they need the first."""

    CAMERA = "camera"
    COUNSELOR = "counselor"
    CLASS = "class"


class Problem(StrEnum):
    """Why a yes cannot be taken as it is."""

    CAMERA_NOT_CHOSEN = "camera_not_chosen"
    ADULT_NOT_CONFIRMED = "adult_not_confirmed"
    SHARED_WITHOUT_OWN_ACT = "shared_without_own_act"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text that was shown: its version for people, its hash for proof."""

    version: str
    hash: str

    def is_same_as(self, *, version: str, hash: str) -> bool:
        """False asks again: an answer holds only for the words that were read."""
        return (self.version, self.hash) == (version, hash)


def offered(sharing: Sharing) -> tuple[Purpose, ...]:
    """What the consent page may ask for. Where sharing takes an act of its own, it is not asked for there."""
    asked_elsewhere = {Purpose.COUNSELOR} if sharing is Sharing.BY_OWN_ACT else set()
    return tuple(purpose for purpose in Purpose if purpose not in asked_elsewhere)


def problems(
    purposes: Collection[Purpose], *, adult_confirmed: bool, sharing: Sharing = Sharing.WITH_CONSENT
) -> tuple[Problem, ...]:
    """What keeps these choices from being a valid yes; empty when nothing does.

    `adult_confirmed`: the student said to be as old as the place asks.
    """
    found = []
    if Purpose.CAMERA not in purposes:
        found.append(Problem.CAMERA_NOT_CHOSEN)
    if not adult_confirmed:
        found.append(Problem.ADULT_NOT_CONFIRMED)
    if not set(purposes) <= set(offered(sharing)):
        found.append(Problem.SHARED_WITHOUT_OWN_ACT)
    return tuple(found)


def reaches_counselor(purposes: Collection[Purpose], *, by_own_act: bool, sharing: Sharing) -> bool:
    """Whether a counselor may read what was measured. A tick beside the camera's is not an act of its own."""
    initiated = by_own_act or sharing is Sharing.WITH_CONSENT
    return initiated and allows(purposes, Purpose.COUNSELOR)


def allows(purposes: Collection[Purpose], purpose: Purpose) -> bool:
    """Whether these choices allow a purpose. Nothing is allowed without the camera."""
    return Purpose.CAMERA in purposes and purpose in purposes
