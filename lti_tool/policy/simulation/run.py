"""A term under the real rules, day by day: learn the usual, judge the sessions, find a pattern, decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from lti_tool.domain.alerting import Act, AlertPolicy, CheckIn, Closed, SessionLevel, decide, judged, pattern
from lti_tool.domain.baseline import BaselineValues, LearningRule
from lti_tool.policy.simulation.people import DAYS, Episode, Person
from lti_tool.policy.simulation.weeks import TERM_BEGINS, Measured, sessions_of

ANSWERS = 0.5  # how many of those who are asked do answer, the next day
SAYS_HIGH = {True: 0.6, False: 0.05}  # by whether there is a spell of tension
SAYS_LOW = {True: 0.1, False: 0.6}
HIGH, MIDDLE, LOW = 8, 5, 2
CASE_LASTS = {True: timedelta(days=21), False: timedelta(days=7)}
GRACE = 7
"""An alert up to so many days after a spell is still about it."""


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody, and what was measured of them. The same under every policy."""

    number: int
    person: Person
    sessions: tuple[Measured, ...]

    @classmethod
    def draw(cls, seed: int, number: int) -> "Student":
        """The student of that number; which others are drawn does not matter."""
        random = Random(f"{seed}/{number}")  # noqa: S311 - a simulation, no secret
        person = Person.draw(random)
        return cls(number, person, tuple(sessions_of(person, random)))

    @property
    def episode(self) -> Episode | None:
        return self.person.episode

    def is_tense(self, day: int) -> bool:
        """Whether an alert on that day would be right."""
        return self.episode is not None and self.episode.start <= day < self.episode.end + GRACE


class Taken(NamedTuple):
    """What the usual is learned from."""

    ended_at: datetime
    score: float


Evening = tuple[datetime, list[SessionLevel]]


def evenings(student: Student, rule: LearningRule, reach: timedelta) -> Iterator[Evening]:
    """For each evening of the term: the sessions of the last weeks, judged against the usual of that day.

    As in the product, the usual is brought up to date when a session begins, with those before it.
    """
    usual: BaselineValues | None = None
    taken: list[Taken] = []
    ended = 0
    for day in range(DAYS):
        evening = TERM_BEGINS + timedelta(days=day + 1)
        while ended < len(student.sessions) and student.sessions[ended].ended_at <= evening:
            usual = rule.usual(taken)
            session = student.sessions[ended]
            if session.score is not None:
                taken.append(Taken(session.ended_at, session.score))
            ended += 1
        yield evening, _judged(student.sessions[:ended], usual, evening - reach)


def _judged(
    sessions: Sequence[Measured], usual: BaselineValues | None, since: datetime
) -> list[SessionLevel]:
    return [
        judged(str(number), s.started_at, s.ended_at, (s.score, s.low, s.high), usual)
        for number, s in enumerate(sessions)
        if s.ended_at > since
    ]


@dataclass(slots=True)
class Term:
    """What happened to one student under one policy. Days count from 0."""

    alerts: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    busy: set[int] = field(default_factory=set)  # days on which no alert was possible: open, or quiet


def live_through(student: Student, days: Sequence[Evening], policy: AlertPolicy, seed: int) -> Term:
    """The term of one student under one policy. A case is closed after a time, and truly."""
    random = Random(f"{seed}/{student.number}/answers")  # noqa: S311
    term = Term()
    open_until: datetime | None = None
    closed: Closed | None = None
    asked_at: datetime | None = None
    check_ins: list[CheckIn] = []
    for day, (at, sessions) in enumerate(days):
        if open_until and open_until <= at:
            closed, open_until = Closed(open_until, not student.is_tense(term.alerts[-1])), None
        found = pattern(sessions, policy, at)
        decision = decide(
            found,
            open_alert=open_until is not None,
            last_closed=closed,
            check_ins=check_ins,
            asked_at=asked_at,
            policy=policy,
            at=at,
        )
        if open_until or _is_quiet(closed, policy, at):
            term.busy.add(day)
        if decision.act is Act.RAISE:
            term.alerts.append(day)
            open_until = at + CASE_LASTS[student.is_tense(day)]
        elif decision.act is Act.ASK_FIRST:
            term.asked.append(day)
            asked_at = at
            check_ins += _answers(student, day, at, random)
    return term


def _is_quiet(closed: Closed | None, policy: AlertPolicy, at: datetime) -> bool:
    if closed is None:
        return False
    return at < closed.at + (policy.quiet_after_false if closed.false_alert else policy.quiet_after_closing)


def _answers(student: Student, day: int, at: datetime, random: Random) -> list[CheckIn]:
    """What somebody says who was asked: perhaps nothing. It is known from the next evening on."""
    answers, drawn = random.random() < ANSWERS, random.random()
    if not answers:
        return []
    tense = student.is_tense(day)
    value = HIGH if drawn < SAYS_HIGH[tense] else LOW if drawn > 1 - SAYS_LOW[tense] else MIDDLE
    return [CheckIn(at + timedelta(days=1), value)]
