"""What a diary says once it is open: frozen values. Knows no keys and no database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.prompts import Offers


@dataclass(frozen=True, slots=True)
class Said:
    """One answer."""

    at: datetime
    exercise: Exercise
    helped: Helped


@dataclass(frozen=True, slots=True)
class Settings:
    """What the student chose. Without `keep` nothing is written but this choice."""

    keep: bool = True
    offers: Offers = field(default_factory=Offers)


class Tally(NamedTuple):
    """How often an exercise helped, helped a little, or did not really help."""

    exercise: Exercise
    yes: int
    a_little: int
    not_really: int


@dataclass(frozen=True, slots=True)
class OpenDiary:
    """A diary, read. One that was never begun reads like this, too."""

    settings: Settings = field(default_factory=Settings)
    said: tuple[Said, ...] = ()

    @property
    def tallies(self) -> list[Tally]:
        """Each exercise that was answered for; what helped most comes first."""
        counts = Counter((said.exercise, said.helped) for said in self.said)
        answered = [exercise for exercise in Exercise if any(said.exercise is exercise for said in self.said)]
        tallies = [Tally(e, *(counts[e, helped] for helped in Helped)) for e in answered]
        return sorted(tallies, key=lambda tally: (-tally.yes, -tally.a_little, tally.not_really))
