"""Small secret numbers between what is counted and what is shown. Pure: whoever calls brings the secret.

A rule that is exact at its edge tells of one person: with nine who talk to each other, the tenth decides
whether a week is shown. So the edge itself is secret, and every count is shifted a little before it is
compared or rounded.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from lti_tool.domain.stress import Level

MORE_NEEDED: Final = range(6)
STEADY: Final = (-1, 0, 1)
WEEKLY: Final = (-1, 0, 0, 1)
LEFT_OUT: Final = (0, 1)
REACH: Final = max(STEADY) + max(WEEKLY)
"""The most that a band is shifted by, either way."""


class Blurs(Protocol):
    """What one picture is blurred by."""

    def more_needed(self) -> int:
        """How many contributors are needed beyond those that the rule promises."""

    def left_out(self) -> int:
        """How many of those who contributed are not taken for it."""

    def shift(self, level: Level) -> int:
        """By how much the count of a band is shifted."""

    def outside_needed(self) -> int:
        """How many people are needed outside of all shown activities, beyond those that the rule promises."""


@dataclass(frozen=True, slots=True)
class Blur:
    """One course's in one week: the same numbers whenever they are asked for.

    A part stays with the course: what is drawn anew each week comes to nothing over a term. A part comes
    with the week: what stays says nothing about somebody who comes or goes in the middle.

    All activities of a course share one steady part, which is not the week's: neither many of them nor one
    less the other takes it away. The edges are the week's own: nobody has another try at them.
    """

    secret: bytes = field(repr=False)
    course: str
    week: str
    activity: str = ""

    def more_needed(self) -> int:
        """Steady: however often the edge is tried, only one edge is ever seen."""
        return self._draw(MORE_NEEDED, "more needed")

    def left_out(self) -> int:
        """Weekly."""
        return self._draw(LEFT_OUT, "left out", *self._once)

    def shift(self, level: Level) -> int:
        """Both."""
        kind = "band of activity" if self.activity else "band"
        return self._draw(STEADY, kind, level) + self._draw(WEEKLY, kind, level, *self._once)

    def outside_needed(self) -> int:
        """Both."""
        return self._draw(MORE_NEEDED, "outside needed") + self._draw(LEFT_OUT, "outside", self.week)

    @property
    def _once(self) -> tuple[str, ...]:
        """What is drawn anew."""
        return (self.week, self.activity) if self.activity else (self.week,)

    def _draw(self, numbers: Sequence[int], *question: str) -> int:
        digest = hmac.digest(self.secret, "|".join((self.course, *question)).encode(), "sha256")
        return numbers[int.from_bytes(digest) % len(numbers)]
