"""What a student can say yes to, and when an answer still holds. Knows no pages and no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

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
    CLASS_NOT_OFFERED = "class_not_offered"


Language = str
"""A code as in the settings: "en", "zh-hans"."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The text that was shown: its version for people, its hash for proof, and the language of its words.

    `other_hashes`: of the same version in the other languages.
    """

    version: str
    hash: str
    language: Language = "en"
    other_hashes: frozenset[str] = frozenset()

    def is_same_as(self, *, version: str, hash: str) -> bool:
        """False asks again: an answer holds only for the words that were read.

        In whichever language they were read: all of them promise the same.
        """
        return version == self.version and hash in {self.hash, *self.other_hashes}


REST: Final = timedelta(days=180)
"""A term. A "not now" is left alone for so long, whatever changes."""


def asks_again(*, said_yes: bool, holds: bool, answered_at: datetime, at: datetime) -> bool:
    """Whether somebody who answered once is asked again as they come in.

    Never while the answer holds. A yes to other words is asked about at once: measuring has stopped, and the
    student must learn why. A "not now" cost nothing and stopped nothing: it is asked about after a term.
    """
    return not holds and (said_yes or at - answered_at >= REST)


def offered(sharing: Sharing, *, class_view: bool = True) -> tuple[Purpose, ...]:
    """What the consent page may ask for.

    Where sharing takes an act of its own, it is not asked for there. Where no class pattern may be made,
    nobody is asked to be counted in one.
    """
    left_out = {Purpose.COUNSELOR} if sharing is Sharing.BY_OWN_ACT else set()
    if not class_view:
        left_out.add(Purpose.CLASS)
    return tuple(purpose for purpose in Purpose if purpose not in left_out)


def problems(
    purposes: Collection[Purpose],
    *,
    adult_confirmed: bool,
    sharing: Sharing = Sharing.WITH_CONSENT,
    class_view: bool = True,
) -> tuple[Problem, ...]:
    """What keeps these choices from being a valid yes; empty when nothing does.

    `adult_confirmed`: the student said to be as old as the place asks.
    """
    found = []
    if Purpose.CAMERA not in purposes:
        found.append(Problem.CAMERA_NOT_CHOSEN)
    if not adult_confirmed:
        found.append(Problem.ADULT_NOT_CONFIRMED)
    not_offered = set(purposes) - set(offered(sharing, class_view=class_view))
    found += [problem for purpose, problem in _NOT_OFFERED.items() if purpose in not_offered]
    return tuple(found)


_NOT_OFFERED = {
    Purpose.COUNSELOR: Problem.SHARED_WITHOUT_OWN_ACT,
    Purpose.CLASS: Problem.CLASS_NOT_OFFERED,
}


def reaches_counselor(purposes: Collection[Purpose], *, by_own_act: bool, sharing: Sharing) -> bool:
    """Whether a counselor may read what was measured. A tick beside the camera's is not an act of its own."""
    initiated = by_own_act or sharing is Sharing.WITH_CONSENT
    return initiated and allows(purposes, Purpose.COUNSELOR)


def allows(purposes: Collection[Purpose], purpose: Purpose) -> bool:
    """Whether these choices allow a purpose. Nothing is allowed without the camera."""
    return Purpose.CAMERA in purposes and purpose in purposes
