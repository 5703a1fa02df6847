"""When a student may be offered a break. Knows no estimate, on purpose: an offer says nothing of anybody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Self


class Moment(StrEnum):
    """Where one activity ends and another begins. At any other time nothing is offered."""

    START = "start"
    PAUSE = "pause"
    END = "end"


class Reply(StrEnum):
    """What became of an offer."""

    DISMISSED = "dismissed"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Replied:
    """One reply, and when."""

    at: datetime
    reply: Reply


@dataclass(frozen=True, slots=True)
class Offers:
    """What is remembered of offers, oldest first. `off`: the person wants none."""

    shown: tuple[datetime, ...] = ()
    replies: tuple[Replied, ...] = ()
    off: bool = False

    def showing(self, at: datetime) -> Self:
        """With one more that was shown."""
        return replace(self, shown=(*self.shown, at))

    def replied(self, reply: Reply, at: datetime) -> Self:
        """With one more reply."""
        return replace(self, replies=(*self.replies, Replied(at, reply)))

    def switched(self, *, off: bool) -> Self:
        """Wanted, or not."""
        return replace(self, off=off)

    def since(self, moment: datetime) -> Self:
        """Without what is older: nothing is remembered longer than it is needed."""
        replies = tuple(replied for replied in self.replies if replied.at > moment)
        return replace(self, shown=tuple(at for at in self.shown if at > moment), replies=replies)

    @property
    def last_dismissal(self) -> datetime | None:
        """When an offer was last waved away."""
        return max((r.at for r in self.replies if r.reply is Reply.DISMISSED), default=None)

    @property
    def dismissed_in_a_row(self) -> int:
        """How many replies in a row, up to the newest, were dismissals."""
        newest_first = sorted(self.replies, key=lambda replied: replied.at, reverse=True)
        return sum(1 for _ in takewhile(lambda replied: replied.reply is Reply.DISMISSED, newest_first))


def together(remembered: Iterable[Offers]) -> Offers:
    """What one person was offered in several courses, as one: a limit holds for the person."""
    every = tuple(remembered)
    return Offers(
        shown=tuple(sorted(at for offers in every for at in offers.shown)),
        replies=tuple(sorted((r for offers in every for r in offers.replies), key=lambda r: (r.at, r.reply))),
        off=any(offers.off for offers in every),
    )


@dataclass(frozen=True, slots=True)
class OfferRule:
    """At most one in `apart`, `most` in `day`; a dismissal is heard for a while, two in a row for longer."""

    apart: timedelta = timedelta(minutes=45)
    most: int = 2
    day: timedelta = timedelta(days=1)
    after_one: timedelta = timedelta(days=1)
    after_two: timedelta = timedelta(days=7)
    remembered: timedelta = timedelta(days=30)

    def allows(self, offers: Offers, *, moment: Moment | None, timed: bool, at: datetime) -> bool:
        """Whether a break may be offered now. `timed`: beside work that runs against a clock, never."""
        if moment is None or timed or offers.off:
            return False
        return self._is_seldom(offers, at) and not self._is_silenced(offers, at)

    def _is_seldom(self, offers: Offers, at: datetime) -> bool:
        of_the_day = [shown for shown in offers.shown if shown > at - self.day]
        return len(of_the_day) < self.most and all(shown <= at - self.apart for shown in of_the_day)

    def _is_silenced(self, offers: Offers, at: datetime) -> bool:
        last = offers.last_dismissal
        if last is None:
            return False
        quiet = self.after_two if offers.dismissed_in_a_row >= 2 else self.after_one
        return at < last + quiet
