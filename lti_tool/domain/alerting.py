"""When tension that persists becomes an alert. Knows sessions and what a student said, and nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import Level, level_of

TENSE = frozenset({Level.RAISED, Level.HIGH})


@dataclass(frozen=True, slots=True)
class SessionLevel:
    """One session, judged against the usual as it is now.

    `low_z`: the lower end of its interval, in spreads above the usual; None where nothing could be told.
    `counts`: False when the student said that it does not fit.
    """

    session_id: str
    started_at: datetime
    ended_at: datetime
    level: Level
    low_z: float | None = None
    counts: bool = True

    @property
    def tells(self) -> bool:
        """Whether anything may be concluded from it at all."""
        return self.counts and self.level is not Level.UNKNOWN and self.low_z is not None


def judged(
    session_id: str,
    started_at: datetime,
    ended_at: datetime,
    interval: tuple[float | None, float | None, float | None],
    usual: BaselineValues | None,
    *,
    counts: bool = True,
) -> SessionLevel:
    """A session against the usual as it is now. `interval`: its score, and the ends low and high."""
    level = level_of(*interval, usual)
    low = interval[1]
    low_z = usual.z(low) if usual and low is not None and level is not Level.UNKNOWN else None
    return SessionLevel(session_id, started_at, ended_at, level, low_z, counts)


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """What has to persist, and when nothing is raised all the same. The defaults were chosen by simulation.

    A pattern: of the last `of_last` sessions at least `at_least` are raised, the first of these lies `over`
    or more before the last, and the lower end of each is `low_above` spreads over the usual or more. Who
    has more sessions than `of_last` in `window` is judged by all of these and by the same share, so that
    many short sessions neither hide a pattern nor make one. Nothing older than `reach` is looked at, and the
    last raised session may not be older than `fresh`.
    """

    of_last: int = 5
    at_least: int = 3
    over: timedelta = timedelta(days=7)
    low_above: float = 0.0
    window: timedelta = timedelta(days=10)
    reach: timedelta = timedelta(days=21)
    fresh: timedelta = timedelta(days=7)
    quiet_after_closing: timedelta = timedelta(days=14)
    quiet_after_false: timedelta = timedelta(days=28)
    ask_first: bool = True
    ask_first_patience: timedelta = timedelta(days=2)
    said_low: int = 3
    said_high: int = 7
    low_holds: timedelta = timedelta(days=7)

    def carries(self, session: SessionLevel) -> bool:
        """Whether this session is one of those that persist."""
        return (
            session.counts
            and session.level in TENSE
            and session.low_z is not None
            and session.low_z >= self.low_above
        )

    def needed_of(self, sessions: int) -> int:
        """How many of so many sessions must be raised."""
        return max(self.at_least, ceil(sessions * self.at_least / self.of_last))


DEFAULT = AlertPolicy()


@dataclass(frozen=True, slots=True)
class Pattern:
    """What persists: the raised sessions, oldest first, and how many were looked at."""

    sessions: tuple[SessionLevel, ...]
    looked_at: int

    @property
    def first(self) -> SessionLevel:
        return self.sessions[0]

    @property
    def last(self) -> SessionLevel:
        return self.sessions[-1]

    @property
    def since(self) -> datetime:
        """When the first of them began."""
        return self.first.started_at


def pattern(sessions: Sequence[SessionLevel], policy: AlertPolicy, at: datetime) -> Pattern | None:
    """What persists among the sessions that were over at `at`, in any order; None when nothing does.

    Sessions that could not be told, or that the student says do not fit, are not there: they are neither
    raised nor ordinary, so they do not fill a place among the last either. A dark week cannot end a pattern,
    nor start one; it lets the pattern grow old, and what is older than `reach` is gone.
    """
    looked_at = _looked_at(sessions, policy, at)
    raised = tuple(session for session in looked_at if policy.carries(session))
    if not raised or len(raised) < policy.needed_of(len(looked_at)):
        return None
    long_enough = raised[-1].ended_at - raised[0].started_at >= policy.over
    fresh = at - raised[-1].ended_at <= policy.fresh
    return Pattern(raised, len(looked_at)) if long_enough and fresh else None


def _looked_at(
    sessions: Sequence[SessionLevel], policy: AlertPolicy, at: datetime
) -> tuple[SessionLevel, ...]:
    told = sorted(
        (s for s in sessions if s.tells and at - policy.reach < s.ended_at <= at), key=lambda s: s.ended_at
    )
    in_window = sum(told[-1].ended_at - s.ended_at <= policy.window for s in told)
    return tuple(told[-max(policy.of_last, in_window) :])


class Act(StrEnum):
    """What is to be done now."""

    RAISE = "raise"  # open a case
    JOIN = "join"  # a case is open: add this to it, and raise nothing
    ASK_FIRST = "ask_first"  # offer the student a check-in, and wait
    HOLD = "hold"  # something persists, and nothing is done for now
    NOTHING = "nothing"


class Reason(StrEnum):
    """Why."""

    PERSISTS = "persists"
    SAID_HIGH = "said_high"
    NOT_ANSWERED = "not_answered"  # asked, and the patience is over
    SAID_LOW = "said_low"
    ASKED = "asked"  # waiting for the answer
    CLOSED_LATELY = "closed_lately"
    FALSE_LATELY = "false_lately"
    ALREADY_SEEN = "already_seen"  # whoever closed the last case knew all of it


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done, why, and until when it is held: look again then at the latest."""

    act: Act
    reason: Reason | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a student said: 0, no tension, to 10."""

    at: datetime
    value: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The last case of this student that was closed; `false_alert`: because there was nothing."""

    at: datetime
    false_alert: bool = False


NOTHING = Decision(Act.NOTHING)


def decide(
    found: Pattern | None,
    *,
    open_alert: bool,
    last_closed: Closed | None = None,
    check_ins: Sequence[CheckIn] = (),
    asked_at: datetime | None = None,
    policy: AlertPolicy = DEFAULT,
    at: datetime,
) -> Decision:
    """What to do about a pattern. There is never a second alert while a case is open.

    What the student said since the pattern began outranks it: low holds it for `low_holds`, high raises it
    at once, even in a quiet period if it was said after the closing. A high answer alone raises nothing:
    who wants to be contacted can say so, and is. `asked_at`: when a check-in was last offered.
    """
    if found is None:
        return NOTHING
    if open_alert:
        return Decision(Act.JOIN, Reason.PERSISTS)
    said = _said_of(found, check_ins, last_closed, at)
    if said and said.value >= policy.said_high:
        return Decision(Act.RAISE, Reason.SAID_HIGH)
    return (
        _quiet(found, last_closed, policy, at)
        or _said_low(said, policy, at)
        or _ask(found, said, asked_at, policy, at)
    )


def _said_of(
    found: Pattern, check_ins: Sequence[CheckIn], last_closed: Closed | None, at: datetime
) -> CheckIn | None:
    """The newest word on this pattern."""
    since = max(found.since, last_closed.at) if last_closed else found.since
    return max((c for c in check_ins if since <= c.at <= at), key=lambda c: c.at, default=None)


def _quiet(found: Pattern, closed: Closed | None, policy: AlertPolicy, at: datetime) -> Decision | None:
    if closed is None:
        return None
    until = closed.at + (policy.quiet_after_false if closed.false_alert else policy.quiet_after_closing)
    if at < until:
        reason = Reason.FALSE_LATELY if closed.false_alert else Reason.CLOSED_LATELY
        return Decision(Act.HOLD, reason, until)
    return Decision(Act.HOLD, Reason.ALREADY_SEEN) if found.last.ended_at <= closed.at else None


def _said_low(said: CheckIn | None, policy: AlertPolicy, at: datetime) -> Decision | None:
    if said is None or said.value > policy.said_low or at >= said.at + policy.low_holds:
        return None
    return Decision(Act.HOLD, Reason.SAID_LOW, said.at + policy.low_holds)


def _ask(
    found: Pattern, said: CheckIn | None, asked_at: datetime | None, policy: AlertPolicy, at: datetime
) -> Decision:
    """An answer in the middle neither holds nor hastens: then the pattern decides."""
    if not policy.ask_first or said is not None:
        return Decision(Act.RAISE, Reason.PERSISTS)
    if asked_at is None or asked_at < found.since:
        return Decision(Act.ASK_FIRST, Reason.PERSISTS, at + policy.ask_first_patience)
    until = asked_at + policy.ask_first_patience
    if at < until:
        return Decision(Act.HOLD, Reason.ASKED, until)
    return Decision(Act.RAISE, Reason.NOT_ANSWERED)
